package io.fyercache.hibernate.key;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The key of an entity, a collection or a natural id in a region, which may have several kinds of them.
 *
 * @param role the root entity's name, the collection's role, or {@link RegionKeys#NATURAL_ID} after an entity's name
 * @param id the identifier as Hibernate disassembles it, arrays as {@link IdParts} and {@link IdBytes}
 * @param tenant whose it is; null if there are no tenants
 */
public record RegionKey(String role, Object id, @Nullable String tenant) implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return role + "#" + id;
    }
}
