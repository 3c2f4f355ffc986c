package io.fyercache.jdbc;

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
final class JvmBoundFactory<T> implements Factory<T> {

    private static final long serialVersionUID = 1L;

    private final transient T instance;
    private final transient String description;

    JvmBoundFactory(T instance, String description) {
        this.instance = instance;
        this.description = description;
    }

    @Override
    public T create() {
        return instance;
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(description + " holds a DataSource of this JVM and cannot be serialized"
                + " (expected: the name of a data source); call dataSource(\"...\") and factory() on the builder,"
                + " which makes a factory that travels");
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a factory of a JDBC loader or writer is never serialized");
    }
}
