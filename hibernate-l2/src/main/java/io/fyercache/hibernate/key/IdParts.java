package io.fyercache.hibernate.key;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a composite identifier: a list whose equality and bytes follow from its elements, which is not so of arrays, and of collections only
 * within one kind of them.
 *
 * <p>A region in a cluster bounds its length by {@code serialization.maxDepth}, 20 unless configured.
 *
 * @param first a part; null where the database has null, as parts of natural ids may
 * @param rest the parts after it; null if there are none
 */
record IdParts(@Nullable Object first, @Nullable IdParts rest) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Returns one or more parts as a list. */
    static IdParts of(List<? extends @Nullable Object> parts) {
        IdParts list = null;
        for (int i = parts.size() - 1; i >= 0; i--) {
            list = new IdParts(parts.get(i), list);
        }
        if (list == null) {
            throw new IllegalArgumentException("identifier: no parts (expected: one or more)");
        }
        return list;
    }

    List<@Nullable Object> toList() {
        List<@Nullable Object> parts = new ArrayList<>();
        for (IdParts list = this; list != null; list = list.rest) {
            parts.add(list.first);
        }
        return parts;
    }
}
