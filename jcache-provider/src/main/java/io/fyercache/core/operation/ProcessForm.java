package io.fyercache.core.operation;

/** How a cache reads processes that came as bytes. Thread-safe. */
@FunctionalInterface
public interface ProcessForm {

    /** That of a cache whose processes never leave the JVM that made them. */
    ProcessForm NONE = (key, encoded) -> {
        throw new UnsupportedOperationException("a process of " + encoded.length
                + " bytes (expected: none); this cache keeps objects, and its processes run where they were made");
    };

    /**
     * Returns the process that {@link PortableProcess#encode} made these bytes of. Its result is bytes, too, or null.
     *
     * @param key the user's key of the entry that it is to run on
     * @throws RuntimeException if the bytes cannot be read here, since a class is missing or refused; the message names it
     */
    EntryProcess decode(Object key, byte[] encoded);
}
