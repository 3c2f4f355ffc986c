/**
 * The processes of a cluster: threads, sockets and user code around the state machines, which know nothing of them. One thread has it all, the
 * {@link io.fyercache.sharded.transport.netty.ProcessLoop}; callers and user code have theirs. It must not know ZooKeeper: {@link
 * io.fyercache.sharded.node.Coordination} is what it needs of that.
 */
@NullMarked
package io.fyercache.sharded.node;

import org.jspecify.annotations.NullMarked;
