package io.fyercache.hibernate;

import java.util.Map;
import org.hibernate.Session;

/** Finds entities by their natural ids, in the way that all lines of Hibernate have. */
final class NaturalIds {
    private NaturalIds() {}

    /** Returns the entity with a natural id of several attributes, by their names; null if there is none. */
    // As below.
    @SuppressWarnings("deprecation")
    static <T> T find(Session session, Class<T> entity, Map<String, Object> naturalId) {
        return session.byNaturalId(entity).using(naturalId).load();
    }

    /** Returns the entity with a natural id of one attribute; null if there is none. */
    // Hibernate 7 has another way, which 6.6 has not.
    @SuppressWarnings("deprecation")
    static <T> T find(Session session, Class<T> entity, Object naturalId) {
        return session.bySimpleNaturalId(entity).load(naturalId);
    }
}
