package io.fyercache.management.http;

/** What callers may cost the process. */
final class ServerLimits {
    /** Connections at once, 256: operators, dashboards and probes; more wait to be accepted. */
    static final int MAX_CONNECTIONS = 256;

    /** Milliseconds, 30 s, after which a connection ends on which nothing comes or goes. */
    static final long IDLE_MILLIS = 30_000;

    /** Milliseconds, 1 s, after which it does when there are {@link #MAX_CONNECTIONS}: who holds them for nothing makes room. */
    static final long IDLE_MILLIS_WHEN_FULL = 1_000;

    /** Nanoseconds, 10 s, in which a request's line and fields must have come, and before them a handshake of TLS. */
    static final long FIELDS_NANOS = 10_000_000_000L;

    /** Nanoseconds, 10 s, in which a body must have come; who sends it byte by byte would hold a thread otherwise. */
    static final long BODY_NANOS = 10_000_000_000L;

    /** Bytes of a request's line and fields, 16 KiB: a key of some kilobytes stands in the line. */
    static final int MAX_HEADER_BYTES = 16 << 10;

    /** Bytes of a request's body, 1 MiB: what a person sends. */
    static final int MAX_BODY_BYTES = 1 << 20;

    /** Threads, 24: four that Jetty needs for connections, and those that answer. They come and go. */
    static final int MAX_THREADS = 24;

    /** Requests, 12, that may wait for caches at once, so that threads are left for health and metrics when a cluster does not answer. */
    static final int MAX_WAITING = 12;

    /** Entries, 100,000, that one request looks at. */
    static final int MAX_LOOKED_AT = 100_000;

    /** Keys, 1,000, that are invalidated at a time. */
    static final int KEYS_AT_A_TIME = 1_000;

    private ServerLimits() {}
}
