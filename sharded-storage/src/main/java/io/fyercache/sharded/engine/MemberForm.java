package io.fyercache.sharded.engine;

import io.fyercache.core.operation.EncodedForm;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.OperationResult.Failed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of a cache as its members have them, and how they become the user's again: for user code, and for a comparison of values
 * that the bytes do not settle. If that cannot be done on the member, errors name it. Thread-safe.
 *
 * @param member what errors call the member
 */
record MemberForm(String member, EncodedForm form) implements StoredForm {
    private static final Logger LOGGER = System.getLogger(MemberForm.class.getName());

    /**
     * Returns the form of a cache whose entries are to be in a cluster.
     *
     * @throws IllegalArgumentException if it is not one of bytes
     */
    static EncodedForm encoded(String cacheName, StoredForm form) {
        if (form instanceof EncodedForm encoded) {
            return encoded;
        }
        throw new IllegalArgumentException("cache '" + cacheName + "': form: "
                + form.getClass().getName() + " (expected: an encoded form, as a cluster keeps bytes)");
    }

    @Override
    public Object keep(Object key) {
        return key; // Nobody can change it.
    }

    @Override
    public boolean sameValue(Object value, Object other) {
        return value.equals(other) || here(() -> form.sameValue(stored(value), stored(other)));
    }

    @Override
    public boolean asksUser(Object value, Object other) {
        return form.asksUser(stored(value), stored(other));
    }

    /** Returns the user's key of an {@link EncodedKey}. */
    Object userKey(Object key) {
        return here(() -> form.decodeKey(((EncodedKey) key).bytes()));
    }

    private <T> T here(Supplier<T> step) {
        try {
            return step.get();
        } catch (CacheException e) {
            throw new CacheException(
                    "member '" + member + "' cannot read a key or a value, and nothing has happened: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Returns what whoever called is told of something that user code threw. If that cannot be sent, or takes too many bytes, text must do:
     * it is not worth a failure of its own.
     */
    Failed failure(Throwable thrown) {
        JCacheFailure kind = JCacheFailure.of(thrown);
        return kind == null
                ? new Failed(thrown.getClass().getName(), thrown.getMessage(), encodedFailure(thrown))
                : new Failed(kind.className(), thrown.getMessage(), encodedFailure(kind.behind(thrown)));
    }

    private @Nullable EncodedValue encodedFailure(@Nullable Throwable thrown) {
        if (thrown == null) {
            return null;
        }
        try {
            byte[] bytes = form.encodeFailure(thrown);
            return bytes.length > Failed.MAX_CAUSE ? null : new EncodedValue(bytes);
        } catch (RuntimeException | Error e) { // It may have fields, and methods, of any kind.
            LOGGER.log(Level.DEBUG, "member {0}: an exception of user code stays here: {1}", member, e);
            return null;
        }
    }

    /** Returns the stored form, which user code is behind, of an {@link EncodedValue}. */
    static Object stored(Object value) {
        return ((EncodedValue) value).bytes();
    }

    /** Returns the value that a stored form is. */
    static EncodedValue encoded(Object stored) {
        return new EncodedValue((byte[]) stored);
    }
}
