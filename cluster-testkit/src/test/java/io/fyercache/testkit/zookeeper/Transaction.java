package io.fyercache.testkit.zookeeper;

import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.Znode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step of the ensemble. One that was refused is a step too, without changes, so that its answer has a place in the order.
 *
 * @param zxid greater than that of all before
 * @param changes each znode that was created, changed, or whose children were; empty for those that were deleted
 */
record Transaction(long zxid, Map<String, Optional<Znode>> changes, Reply<List<Written>> reply) {}
