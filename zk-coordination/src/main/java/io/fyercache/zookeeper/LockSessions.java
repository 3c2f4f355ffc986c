package io.fyercache.zookeeper;

import io.fyercache.core.time.SystemClock;
import io.fyercache.zookeeper.lock.SessionSource;
import io.fyercache.zookeeper.turn.Places;
import io.fyercache.zookeeper.znode.ObservingSession;
import io.fyercache.zookeeper.znode.SessionListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sessions of a process's locks with a real ensemble, at the place of its cluster. Used by the thread of the locks. */
final class LockSessions implements SessionSource {
    private final ZooKeeperSettings settings;
    private final List<CompletableFuture<Void>> ends = new ArrayList<>();

    LockSessions(ZooKeeperSettings settings) {
        this.settings = settings;
    }

    @Override
    public Places.Sessions on(Executor thread) {
        ProcessThread process = new ProcessThread(thread);
        return (listener, refused) -> open(process, listener, refused);
    }

    private @Nullable ObservingSession open(ProcessThread process, SessionListener listener, Consumer<String> refused) {
        Admission admission = new Admission(listener);
        Entrance entrance = new Entrance(
                settings,
                Visitor.CLIENT,
                SystemClock.INSTANCE,
                process,
                admission,
                why -> refused.accept(why.message()));
        admission.entrance = entrance;
        CompletableFuture<Void> end = new CompletableFuture<>();
        LiveSession session;
        try {
            session = new LiveSession(settings, process, entrance, () -> end.complete(null));
        } catch (IOException | IllegalArgumentException e) {
            // What is wrong with the settings, or what the machine denies.
            process.hand(() -> refused.accept("servers: " + settings.servers() + ": " + e));
            return null;
        }
        ends.removeIf(CompletableFuture::isDone);
        ends.add(end);
        entrance.open(session);
        return session;
    }

    @Override
    public CompletionStage<Void> ended() {
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }

    /** Passes through the entrance as soon as it is open: locks want nothing else to be right. */
    private static final class Admission implements SessionListener {
        private final SessionListener listener;
        private @Nullable Entrance entrance;

        Admission(SessionListener listener) {
            this.listener = listener;
        }

        @Override
        public void connected() {
            if (entrance != null) {
                entrance.pass();
            }
            listener.connected();
        }

        @Override
        public void changed(String path) {
            listener.changed(path);
        }

        @Override
        public void expired() {
            listener.expired();
        }
    }
}
