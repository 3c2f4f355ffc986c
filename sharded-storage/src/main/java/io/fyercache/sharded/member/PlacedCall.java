package io.fyercache.sharded.member;

import io.fyercache.sharded.replication.UserCodeCall;

/** A call of user code, and the partition that waits for what comes of it. */
public record PlacedCall(int partition, UserCodeCall call) {}
