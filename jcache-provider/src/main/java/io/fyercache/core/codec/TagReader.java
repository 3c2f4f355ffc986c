package io.fyercache.core.codec;

import org.jspecify.annotations.Nullable;

/**
 * How the contents that follow one tag become a value.
 *
 * @param sharing as in the form that wrote it. With {@link Sharing#BEFORE_CONTENTS} the function itself calls
 *     {@link ValueReader#remember}, as it alone knows the moment.
 */
record TagReader(int tag, Sharing sharing, Function function) {
    /** Reads the contents. */
    @FunctionalInterface
    interface Function {
        @Nullable
        Object read(ValueReader in);
    }
}
