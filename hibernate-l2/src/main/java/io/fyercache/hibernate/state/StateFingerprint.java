package io.fyercache.hibernate.state;

import io.fyercache.core.codec.Fingerprint;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.model.domain.NavigableRole;

/**
 * A number by which a process knows states that it can put together again: the first 8 bytes of the SHA-256 of all that they depend on. It is the same in all processes
 * with that version of the classes and that line of Hibernate. That two versions have one in common is a chance of one in 2<sup>64</sup>.
 *
 * <p>It is reckoned when it is first asked for, since regions are made before Hibernate knows its entities, and kept. Thread-safe.
 */
public final class StateFingerprint implements LongSupplier {
    /** Not reckoned yet. A fingerprint that comes out as this one is reckoned again each time, and right. */
    private static final long UNKNOWN = 0;

    private final Supplier<StateText> text;

    // Threads that reckon at once come to the same.
    private volatile long value = UNKNOWN;

    private StateFingerprint(Supplier<StateText> text) {
        this.text = text;
    }

    /** Returns that of the entities of a hierarchy, all of whose states are kept alike. */
    public static StateFingerprint ofEntities(SessionFactoryImplementor factory, NavigableRole root) {
        return new StateFingerprint(() -> new StateText(factory).hierarchy(root.getFullPath()));
    }

    /** Returns that of what natural ids of a hierarchy stand for. */
    public static StateFingerprint ofNaturalIds(SessionFactoryImplementor factory, NavigableRole root) {
        return new StateFingerprint(() -> new StateText(factory).naturalId(root.getFullPath()));
    }

    /** Returns that of a collection. */
    public static StateFingerprint ofCollection(SessionFactoryImplementor factory, NavigableRole role) {
        return new StateFingerprint(() -> new StateText(factory).collection(role.getFullPath()));
    }

    /** Returns that of all entities and collections, which the result of a query may be made of. */
    public static StateFingerprint ofModel(SessionFactoryImplementor factory) {
        return new StateFingerprint(() -> new StateText(factory).model());
    }

    @Override
    public long getAsLong() {
        long known = value;
        if (known == UNKNOWN) {
            known = Fingerprint.of(text.get().toString());
            value = known;
        }
        return known;
    }
}
