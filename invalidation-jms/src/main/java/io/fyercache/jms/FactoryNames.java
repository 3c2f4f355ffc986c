package io.fyercache.jms;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import jakarta.jms.ConnectionFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Connection factories by the names that were given to them, here or in JNDI. Thread-safe. */
final class FactoryNames {
    /** Other schemes, such as ldap, would let whoever chooses the name choose what is executed. */
    private static final String JNDI_SCHEME = "java:";

    @GuardedBy("this")
    private final Map<String, ConnectionFactory> registered = new TreeMap<>();

    synchronized JmsConnectionFactories.Registration register(String name, ConnectionFactory factory) {
        if (name.isBlank() || registered.containsKey(name)) {
            throw new IllegalArgumentException("JmsConnectionFactories: name: '" + name
                    + "' (expected: one that is not taken, not of " + new TreeSet<>(registered.keySet())
                    + "); choose another, or close the other registration");
        }
        registered.put(name, factory);
        return () -> unregister(name, factory);
    }

    private synchronized void unregister(String name, ConnectionFactory factory) {
        registered.remove(name, factory);
    }

    /**
     * Returns the factory that was registered by a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    synchronized ConnectionFactory find(String name) {
        ConnectionFactory factory = registered.get(name);
        if (factory == null) {
            throw new IllegalArgumentException("invalidation.bus: jms: factory: '" + name + "' (expected: one of "
                    + new TreeSet<>(registered.keySet())
                    + "); register it by JmsConnectionFactories before the cache is made");
        }
        return factory;
    }

    /**
     * Returns the factory that JNDI has by a name.
     *
     * @throws IllegalArgumentException if it has none, or the name is not of the scheme {@code java:}
     */
    // The name comes from the configuration, and is of the scheme java: alone.
    @SuppressWarnings("BanJNDI")
    static ConnectionFactory lookUp(String name) {
        if (!name.startsWith(JNDI_SCHEME)) {
            throw notFound(name, null);
        }
        try {
            if (InitialContext.doLookup(name) instanceof ConnectionFactory factory) {
                return factory;
            }
            throw notFound(name, null);
        } catch (NamingException e) {
            throw notFound(name, e);
        }
    }

    private static IllegalArgumentException notFound(String name, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "invalidation.bus: jms: jndi: '" + name
                        + "' (expected: the name of a jakarta.jms.ConnectionFactory that begins" + " with "
                        + JNDI_SCHEME + "); correct it, or register the factory and name it by factory=",
                cause);
    }
}
