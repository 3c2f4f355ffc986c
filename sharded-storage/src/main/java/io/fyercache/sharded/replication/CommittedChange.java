package io.fyercache.sharded.replication;

import io.fyercache.core.operation.EntryChange;

/**
 * What listeners of a cache are to be told of one of its entries. Immutable.
 *
 * @param cache the number of the cache
 * @param change the key is an encoded one, and so are the values
 */
public record CommittedChange(int cache, EntryChange change) {}
