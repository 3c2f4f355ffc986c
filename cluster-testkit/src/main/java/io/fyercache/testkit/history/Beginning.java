package io.fyercache.testkit.history;

/** What a key may hold before its first operation. */
public enum Beginning {
    /** No value. */
    ABSENT,

    /** Any value or none: what came before has been left out. */
    ANY
}
