package io.fyercache.sharded.reading;

/** Whose copy it is that is read. */
public enum Holder {
    /** The primary's, who knows what is committed and sees that entries are used. */
    PRIMARY,
    /** A backup's. */
    BACKUP
}
