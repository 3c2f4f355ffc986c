package io.fyercache.testkit.zookeeper;

import java.util.List;

/**
 * The children of a znode.
 *
 * @param parent as it was then
 * @param names without the parent's path, in alphabetical order
 */
public record Children(Znode parent, List<String> names) {}
