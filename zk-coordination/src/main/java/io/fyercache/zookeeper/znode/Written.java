package io.fyercache.zookeeper.znode;

import org.jspecify.annotations.Nullable;

/**
 * What became of one operation of a transaction.
 *
 * @param path of the znode; that of a sequential one has got its number
 * @param stat what the znode is like after its data was set; null after all other operations, of which ZooKeeper tells no more
 */
public record Written(String path, Znode.@Nullable Stat stat) {}
