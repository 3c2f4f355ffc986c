package io.fyercache.zookeeper;

import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.zookeeper.life.JoinFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Members and clients of one cluster in a real ensemble, on one thread. Each has its own ways to the servers. */
final class LiveMembers implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration POLL = Duration.ofMillis(2);

    private final Ensemble ensemble;
    private final ZooKeeperSettings settings;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Map<ClusterView, List<TcpProxy>> ways = Collections.synchronizedMap(new LinkedHashMap<>());

    /** How an attempt to join has ended: one of the two is null. */
    record Joined(ZooKeeperCoordinator coordinator, JoinFailure failure) {}

    LiveMembers(Ensemble ensemble, ZooKeeperSettings settings) {
        this.ensemble = ensemble;
        this.settings = settings;
    }

    /** How an attempt to look at the cluster has ended: one of the two is null. */
    record Opened(ZooKeeperClusterView view, JoinFailure failure) {}

    /** Joins a member by ways of its own, and waits. */
    ZooKeeperCoordinator join(MemberDescription description, CoordinationListener listener) {
        List<TcpProxy> own = ownWays();
        Joined joined = attempt(through(own), description, listener);
        if (joined.failure() != null) {
            throw new AssertionError(joined.failure());
        }
        ways.put(joined.coordinator(), own);
        return joined.coordinator();
    }

    /** Opens a client's view by ways of its own, and waits. */
    ZooKeeperClusterView open(ClusterListener listener) {
        List<TcpProxy> own = ownWays();
        Opened opened = attempt(through(own), listener, why -> {});
        if (opened.failure() != null) {
            throw new AssertionError(opened.failure());
        }
        ways.put(opened.view(), own);
        return opened.view();
    }

    private List<TcpProxy> ownWays() {
        return ensemble.addresses().stream().map(TcpProxy::new).toList();
    }

    private ZooKeeperSettings through(List<TcpProxy> own) {
        return new ZooKeeperSettings(
                own.stream().map(TcpProxy::address).collect(Collectors.joining(",")),
                settings.chroot(),
                settings.sessionTimeout(),
                settings.joinTimeout(),
                settings.credentials(),
                settings.expectedCluster(),
                settings.tls());
    }

    /**
     * Tries to look at the cluster as some settings say, and waits.
     *
     * @param onEnd is told if the view fails after it was opened
     */
    Opened attempt(ZooKeeperSettings how, ClusterListener listener, Consumer<JoinFailure> onEnd) {
        CompletableFuture<Opened> end = new CompletableFuture<>();
        ZooKeeperClusterView.open(how, thread, listener, new ViewListener() {
            @Override
            public void opened(ZooKeeperClusterView view) {
                ways.put(view, List.of());
                end.complete(new Opened(view, null));
            }

            @Override
            public void failed(JoinFailure why) {
                if (!end.complete(new Opened(null, why))) {
                    onEnd.accept(why);
                }
            }
        });
        return get(end);
    }

    /** Tries to join as some settings say, and waits. */
    Joined attempt(ZooKeeperSettings how, MemberDescription description, CoordinationListener listener) {
        return get(begin(how, description, listener));
    }

    /** Begins to join as some settings say. */
    CompletableFuture<Joined> begin(
            ZooKeeperSettings how, MemberDescription description, CoordinationListener listener) {
        CompletableFuture<Joined> end = new CompletableFuture<>();
        ZooKeeperCoordinator.join(how, description, thread, listener, new JoinListener() {
            @Override
            public void joined(ZooKeeperCoordinator coordinator) {
                ways.put(coordinator, List.of());
                end.complete(new Joined(coordinator, null));
            }

            @Override
            public void failed(JoinFailure why) {
                end.complete(new Joined(null, why));
            }
        });
        return end;
    }

    /** Does something on the members' thread. */
    void call(Runnable action) {
        get(CompletableFuture.runAsync(action, thread));
    }

    static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(condition::getAsBoolean);
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("not so within " + PATIENCE, e);
        }
    }

    void set(ClusterView process, TcpProxy.Traffic traffic) {
        ways.get(process).forEach(way -> way.set(traffic));
    }

    void expire(ClusterView process) {
        AtomicReference<LiveSession> session = new AtomicReference<>();
        call(() -> session.set(
                process instanceof ZooKeeperClusterView view
                        ? view.session()
                        : ((ZooKeeperCoordinator) process).session()));
        ensemble.expire(session.get().client());
    }

    private static CompletionStage<Void> end(ClusterView process) {
        return process instanceof ZooKeeperClusterView view ? view.ended() : ((ZooKeeperCoordinator) process).ended();
    }

    /** Ends all lives, and waits for their threads. */
    @Override
    public void close() {
        List<ClusterView> all = List.copyOf(ways.keySet());
        ways.values().forEach(own -> own.forEach(way -> way.set(TcpProxy.Traffic.PASSES)));
        call(() -> all.forEach(ClusterView::leave));
        all.forEach(process -> get(end(process).toCompletableFuture()));
        ways.values().forEach(own -> own.forEach(TcpProxy::close));
        thread.shutdown();
        await("end of the members' thread", thread::isTerminated);
    }
}
