package io.fyercache.core.codec;

/** When an object of some form gets the number by which later bytes of the same value refer to it. */
enum Sharing {
    /** Never: the object is immutable, so a copy is as good as the original. */
    NONE,
    /** Before its contents, which may then refer back to it. */
    BEFORE_CONTENTS,
    /** After its contents, which create it, so that they cannot contain it. */
    AFTER_CONTENTS
}
