package io.fyercache.core.operation;

/**
 * The form of a cache that keeps bytes and nothing else, as it must be in a cluster: a stored value is a {@code byte[]} that is not to be
 * changed, and a key is known by its bytes.
 */
public interface EncodedForm extends StoredForm {

    /**
     * Returns the bytes of a key: two keys are equal if and only if theirs are.
     *
     * @throws RuntimeException if that cannot be said of a key of its class; the message names it and says what can be done
     */
    byte[] encodeKey(Object key);

    /**
     * Returns a key for these bytes, which {@link #encodeKey} returned, maybe in another process.
     *
     * @throws RuntimeException if they cannot be read here
     */
    Object decodeKey(byte[] encoded);

    /**
     * Returns what user code threw as bytes, for the process of whoever called.
     *
     * @throws RuntimeException if it cannot be brought into bytes
     */
    byte[] encodeFailure(Throwable failure);

    /**
     * Returns what {@link #encodeFailure} made these bytes of, maybe in another process.
     *
     * @throws RuntimeException if they cannot be read here, since a class is missing or refused
     */
    Throwable decodeFailure(byte[] encoded);
}
