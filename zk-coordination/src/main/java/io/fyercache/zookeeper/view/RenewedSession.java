package io.fyercache.zookeeper.view;

import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.ZnodeSession;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One session after another, as if they were one that the ensemble never gives up. What was asked of one that has expired, and not been
 * answered, is lost. Each is to be admitted before anything else is asked of it: until then, what is asked for waits, and there seems to be
 * no connection.
 *
 * <p>A new session may be with a server that lags behind the one before: whoever admits it makes sure that it has caught up.
 */
final class RenewedSession implements ZnodeSession {
    private final Function<SessionListener, ZnodeSession> opener;
    private final Consumer<ZnodeSession> gate;
    private final Listener listener;
    private final Set<String> watches = new LinkedHashSet<>();
    private final Set<Pending<?>> unanswered = new LinkedHashSet<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private ZnodeSession current;
    private boolean admitted;

    /** Is told what becomes of it, on the thread of the process. */
    interface Listener {
        /** There is a connection of an admitted session, another than before. Of what changed in between, nothing is told. */
        void connected();

        /** A watched znode, or the list of its children, is another than it was. */
        void changed(String path);
    }

    /** What a session has been asked and has not answered. Each is itself only. */
    private static final class Pending<T> {
        private final Consumer<Reply<T>> callback;

        Pending(Consumer<Reply<T>> callback) {
            this.callback = callback;
        }

        void lose() {
            callback.accept(new Reply.Lost<>());
        }
    }

    /**
     * Opens the first session.
     *
     * @param opener begins a session, whose listener is not called within the call
     * @param gate is given a session that is connected and not admitted, and calls {@link #admit} if it is the right one
     */
    RenewedSession(Function<SessionListener, ZnodeSession> opener, Consumer<ZnodeSession> gate, Listener listener) {
        this.opener = opener;
        this.gate = gate;
        this.listener = listener;
        this.current = opener.apply(new Events());
    }

    /** What is told of one of the sessions. */
    private final class Events implements SessionListener {
        @Override
        public void connected() {
            if (admitted) {
                listener.connected();
            } else {
                gate.accept(current);
            }
        }

        @Override
        public void changed(String path) {
            listener.changed(path);
        }

        @Override
        public void expired() {
            renew();
        }
    }

    private void renew() {
        admitted = false;
        current.close();
        current = opener.apply(new Events());
        List<Pending<?>> lost = List.copyOf(unanswered);
        unanswered.clear();
        lost.forEach(Pending::lose);
    }

    /** From now on the session that is connected answers. The watches come first, so that no change goes between them and what is read. */
    void admit() {
        admitted = true;
        watches.forEach(current::watch);
        List<Runnable> due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(Runnable::run);
        listener.connected();
    }

    private <T> void ask(BiConsumer<ZnodeSession, Consumer<Reply<T>>> question, Consumer<Reply<T>> callback) {
        if (!admitted) {
            waiting.add(() -> ask(question, callback));
            return;
        }
        Pending<T> pending = new Pending<>(callback);
        unanswered.add(pending);
        question.accept(current, reply -> {
            // It was lost with its session, if it is not there any more.
            if (unanswered.remove(pending)) {
                callback.accept(reply);
            }
        });
    }

    @Override
    public long id() {
        return current.id();
    }

    @Override
    public boolean isConnected() {
        return admitted && current.isConnected();
    }

    @Override
    public void write(List<ZnodeOperation> operations, Consumer<Reply<List<Written>>> callback) {
        ask((session, answer) -> session.write(operations, answer), callback);
    }

    @Override
    public void sync(Consumer<Reply<List<Written>>> callback) {
        ask(ZnodeSession::sync, callback);
    }

    @Override
    public void get(String path, Consumer<Reply<Znode>> callback) {
        ask((session, answer) -> session.get(path, answer), callback);
    }

    @Override
    public void children(String path, Consumer<Reply<Children>> callback) {
        ask((session, answer) -> session.children(path, answer), callback);
    }

    @Override
    public void watch(String path) {
        watches.add(path);
        if (admitted) {
            current.watch(path);
        }
    }

    @Override
    public void close() {
        current.close();
    }
}
