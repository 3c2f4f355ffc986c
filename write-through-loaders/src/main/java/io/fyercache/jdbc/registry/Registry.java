package io.fyercache.jdbc.registry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.jdbc.fault.Faults;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Objects by the names that were given to them. Thread-safe. */
public final class Registry<T> {

    private final String subject;

    @GuardedBy("this")
    private final Map<String, T> registered = new TreeMap<>();

    /** {@code subject} is what faults begin with, {@code DataSources}. */
    public Registry(String subject) {
        this.subject = subject;
    }

    /**
     * Gives an object a name.
     *
     * @throws io.fyercache.jdbc.fault.InvalidSettingsException if the name is taken or blank
     */
    public synchronized Registration register(String name, T object) {
        if (name.isBlank() || registered.containsKey(name)) {
            throw refused(name);
        }
        registered.put(name, object);
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            // Whoever closes twice must not end the registration of another.
            if (ended.compareAndSet(false, true)) {
                unregister(name);
            }
        };
    }

    private synchronized void unregister(String name) {
        registered.remove(name);
    }

    /** What is thrown for a name that nobody may give. */
    public synchronized RuntimeException refused(String name) {
        Faults faults = new Faults(subject);
        faults.add("name", name, "a name that is not taken: not of " + names(), "choose another, or close the other");
        return faults.exception();
    }

    /** The object of a name, or null. */
    public synchronized @Nullable T find(String name) {
        return registered.get(name);
    }

    /** The names, a set of the caller's own. */
    public synchronized Set<String> names() {
        return new TreeSet<>(registered.keySet());
    }
}
