package io.fyercache.core.bytes;

/** Says in the words of whoever reads that bytes are not what they should be: each format has an exception of its own. */
@FunctionalInterface
public interface Damage {

    /**
     * Returns the exception to throw.
     *
     * @param position bytes from the beginning, up to where the bytes were read when it was noticed
     * @param length bytes there are in all
     * @param found what was found there, and what was expected instead
     */
    RuntimeException at(int position, int length, String found);
}
