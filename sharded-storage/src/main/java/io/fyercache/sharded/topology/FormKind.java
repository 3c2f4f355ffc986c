package io.fyercache.sharded.topology;

import io.fyercache.core.bytes.FormSeal;

/** What has a binary form. The tag is the second byte of it and never changes its meaning. */
enum FormKind {
    DESCRIPTION(1, 4 * 1024),
    MEMBER(2, 4 * 1024),
    /** Less than the 1,048,575 bytes that ZooKeeper takes unless told otherwise ({@code jute.maxbuffer}). */
    SEGMENT(3, 1_000_000),
    /** All segments of a table at once. */
    DELTA(4, PartitionTable.SEGMENTS * 1_000_000);

    /** The first byte of every form. */
    static final int FORMAT_VERSION = 1;

    private final int tag;
    private final int maxBytes;

    FormKind(int tag, int maxBytes) {
        this.tag = tag;
        this.maxBytes = maxBytes;
    }

    /** What stands around its body. */
    FormSeal seal() {
        return new FormSeal(name(), FORMAT_VERSION, tag, maxBytes, TopologyFormatException::new);
    }

    int tag() {
        return tag;
    }

    /** Longer input is refused unread. */
    int maxBytes() {
        return maxBytes;
    }
}
