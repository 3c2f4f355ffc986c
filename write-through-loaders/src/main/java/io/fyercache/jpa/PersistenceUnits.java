package io.fyercache.jpa;

import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.registry.Registration;
import io.fyercache.jdbc.registry.Registry;
import jakarta.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Entity manager factories by name, so that a loader's or writer's factory can travel to another JVM and find there what cannot: each
 * JVM says for itself what a name stands for, by the name of the persistence unit or any other.
 *
 * <p>Names are those of one class loader's copy of this class. Thread-safe.
 */
public final class PersistenceUnits {

    /** One for all, as a factory that has just arrived can hold nothing that knows another; ADR 31. */
    private static final Registry<EntityManagerFactory> OF_THIS_JVM = new Registry<>("PersistenceUnits");

    private PersistenceUnits() {}

    /**
     * Gives an entity manager factory a name. It stays its owner's to close, after the caches that use it.
     *
     * @throws io.fyercache.jdbc.fault.InvalidSettingsException if the name is taken
     */
    public static Registration register(String name, EntityManagerFactory factory) {
        return OF_THIS_JVM.register(name, factory);
    }

    /** The entity manager factory of a name, or null after that was noted as a fault. */
    static @Nullable EntityManagerFactory find(String name, Faults faults) {
        EntityManagerFactory found = OF_THIS_JVM.find(name);
        if (found == null) {
            faults.add(
                    "entityManagerFactory",
                    name,
                    "a name that this JVM knows: one of " + OF_THIS_JVM.names(),
                    "register it by PersistenceUnits.register");
        }
        return found;
    }
}
