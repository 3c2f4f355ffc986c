package io.fyercache.core.operation;

/** A process that can run elsewhere: it goes there as bytes, which a {@link ProcessForm} reads, and its result comes back as bytes. */
public interface PortableProcess extends EntryProcess {

    /**
     * Returns this as bytes.
     *
     * @throws RuntimeException if that is impossible; the message says of what class that is
     */
    byte[] encode();

    /**
     * Returns the result of a run elsewhere, of which {@link ProcessForm} says how it became bytes.
     *
     * @throws RuntimeException if the bytes cannot be read here
     */
    Object decodeResult(byte[] encoded);
}
