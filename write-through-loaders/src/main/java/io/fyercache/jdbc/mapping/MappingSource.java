package io.fyercache.jdbc.mapping;

import java.io.Serializable;

/**
 * Makes a mapping where it is used, so that the factory of a loader or writer can travel there.
 *
 * <p>What builders describe by names and types travels by itself. Write one for a mapping that has functions, a reader or
 * column types, which do not: a record without components does, and a lambda does not.
 *
 * <pre>{@code
 * record BookMapping() implements MappingSource<Isbn, Book> {
 *     public EntityMapping<Isbn, Book> mapping() {
 *         return EntityMapping.builder(Isbn.class, Book.class).table("book")...build();
 *     }
 * }
 * }</pre>
 *
 * @param <K> the cache's key type
 * @param <V> the cache's value type
 */
@FunctionalInterface
public interface MappingSource<K, V> extends Serializable {

    /** The mapping; the same each time. */
    EntityMapping<K, V> mapping();
}
