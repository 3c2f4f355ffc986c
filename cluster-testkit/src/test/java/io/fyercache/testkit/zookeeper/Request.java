package io.fyercache.testkit.zookeeper;

import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a client asks of a server. */
sealed interface Request<T> {
    /** Is told the answer on the client's process. */
    Consumer<Reply<T>> callback();

    /** Answered by the server from what it has taken in so far. */
    record Read<T>(Function<Connection, Reply<T>> question, Consumer<Reply<T>> callback) implements Request<T> {}

    /** Agreed upon by the ensemble; answered when the server has taken it in. Without operations it is what ZooKeeper calls sync. */
    record Write(List<ZnodeOperation> operations, Consumer<Reply<List<Written>>> callback)
            implements Request<List<Written>> {}

    /** The end of the session; there is nobody left to answer. */
    record Close(Consumer<Reply<Boolean>> callback) implements Request<Boolean> {}
}
