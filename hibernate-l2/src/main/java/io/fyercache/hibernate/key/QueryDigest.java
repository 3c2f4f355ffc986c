package io.fyercache.hibernate.key;

import io.fyercache.core.codec.Fingerprint;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.hibernate.cache.spi.QueryKey;

/**
 * The key of a query's result in a cluster, where keys are bytes: the SHA-256 of the key that Hibernate has, serialized. That one has no form that is the
 * same for all equal ones: it may hold anything that a parameter is. Two that are equal may have two digests, and then are two entries, each of them
 * right; two that differ never have one.
 *
 * @param hexadecimal 64 digits
 */
public record QueryDigest(String hexadecimal) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Returns the digest of a key.
     *
     * @param model the fingerprint of the model that the result is put together by: processes with another one have other results
     * @throws UncheckedIOException if a parameter of the query cannot be serialized
     */
    public static QueryDigest of(QueryKey key, long model) {
        MessageDigest digest = Fingerprint.sha256();
        try (ObjectOutputStream out =
                new ObjectOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            out.writeObject(key);
            out.writeLong(model);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "key of a query's result: " + e.getMessage() + " (expected: parameters that are serializable)", e);
        }
        return new QueryDigest(HexFormat.of().formatHex(digest.digest()));
    }
}
