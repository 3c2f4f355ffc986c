package io.fyercache.zookeeper;

import io.fyercache.zookeeper.lock.SessionLocks;
import io.fyercache.zookeeper.lock.SessionSource;
import io.fyercache.zookeeper.turn.Places;
import io.fyercache.zookeeper.znode.ObservingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Locks of processes in this JVM. Each has a session and ways to the servers of its own. */
final class LockProcesses implements AutoCloseable {
    private final Ensemble ensemble;
    private final ZooKeeperSettings settings;
    private final List<LockProcess> processes = new ArrayList<>();

    LockProcesses(Ensemble ensemble, ZooKeeperSettings settings) {
        this.ensemble = ensemble;
        this.settings = settings;
    }

    /** One of them. */
    final class LockProcess implements SessionSource {
        private final List<TcpProxy> ways =
                ensemble.addresses().stream().map(TcpProxy::new).toList();
        private final LockSessions sessions;
        private final SessionLocks locks;
        private volatile LiveSession session;

        private LockProcess() {
            String servers = ways.stream().map(TcpProxy::address).collect(Collectors.joining(","));
            sessions = new LockSessions(new ZooKeeperSettings(
                    servers,
                    settings.chroot(),
                    settings.sessionTimeout(),
                    settings.joinTimeout(),
                    settings.credentials(),
                    settings.expectedCluster(),
                    settings.tls()));
            locks = new SessionLocks(
                    "test-" + processes.size(),
                    this,
                    settings.sessionTimeout(),
                    getClass().getClassLoader());
        }

        @Override
        public Places.Sessions on(Executor thread) {
            Places.Sessions real = sessions.on(thread);
            return (listener, refused) -> {
                ObservingSession opened = real.open(listener, refused);
                session = (LiveSession) opened;
                return opened;
            };
        }

        @Override
        public CompletionStage<Void> ended() {
            return sessions.ended();
        }

        SessionLocks locks() {
            return locks;
        }

        void set(TcpProxy.Traffic traffic) {
            ways.forEach(way -> way.set(traffic));
        }

        boolean isConnected() {
            return session.client().getState().isConnected();
        }

        void expire() {
            ensemble.expire(session.client());
        }
    }

    LockProcess start() {
        LockProcess process = new LockProcess();
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        processes.forEach(process -> process.set(TcpProxy.Traffic.PASSES));
        processes.forEach(process -> process.locks.close());
        processes.forEach(process -> process.ways.forEach(TcpProxy::close));
    }
}
