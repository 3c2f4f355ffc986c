package io.fyercache.jdbc.through;

import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import javax.cache.configuration.Factory;

/**
 * A factory of one object of this JVM, which says so when somebody serializes it.
 *
 * <p>JSR-107 makes factories serializable so that a provider may send them to other members. A data source cannot go
 * there; {@link javax.cache.configuration.FactoryBuilder.SingletonFactory} would fail with the name of some class deep
 * inside a connection pool.
 */
public final class JvmBoundFactory<T> implements Factory<T> {

    private static final long serialVersionUID = 1L;

    private final transient T instance;
    private final transient String reason;

    /** {@code reason} says what the instance holds that cannot travel, and what to do. */
    public JvmBoundFactory(T instance, String reason) {
        this.instance = instance;
        this.reason = reason;
    }

    @Override
    public T create() {
        return instance;
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(reason);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a factory of this JVM's loader or writer is never serialized");
    }
}
