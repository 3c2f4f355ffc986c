package io.fyercache.hibernate.key;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.cache.MutableCacheKeyBuilder;
import org.jspecify.annotations.Nullable;

/** Is handed the disassembled values of a natural id, one by one. Used by one thread. */
final class NaturalIdKeyBuilder implements MutableCacheKeyBuilder {
    private static final long serialVersionUID = 1L;

    private final String role;
    private final @Nullable String tenant;

    // Never serialized: Hibernate's interface is, by accident of its parent.
    private final transient List<@Nullable Object> parts = new ArrayList<>();

    NaturalIdKeyBuilder(String role, @Nullable String tenant) {
        this.role = role;
        this.tenant = tenant;
    }

    @Override
    public void addValue(@Nullable Object value) {
        parts.add(value == null ? null : RegionKeys.comparable(value));
    }

    /** Does nothing: the hash code follows from the values. */
    @Override
    public void addHashCode(int hashCode) {}

    @Override
    public RegionKey build() {
        return new RegionKey(role, IdParts.of(parts), tenant);
    }
}
