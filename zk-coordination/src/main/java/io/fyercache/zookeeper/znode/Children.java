package io.fyercache.zookeeper.znode;

import java.util.List;

/**
 * The children of a znode.
 *
 * @param parent what was known of the znode then
 * @param names without the parent's path, in alphabetical order
 */
public record Children(Znode.Stat parent, List<String> names) {}
