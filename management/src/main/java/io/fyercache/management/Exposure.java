package io.fyercache.management;

/** Who can reach the management of a process. */
public enum Exposure {
    /** Users of this machine. */
    LOOPBACK_ONLY,
    /** Whoever reaches an address of this machine; its network is protected otherwise, as tokens and answers pass in plain text. */
    TRUSTED_NETWORK
}
