package io.fyercache.jdbc.registry;

/** Undoes a registration. Whoever uses what was registered by then goes on. May be closed more than once. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    @Override
    void close();
}
