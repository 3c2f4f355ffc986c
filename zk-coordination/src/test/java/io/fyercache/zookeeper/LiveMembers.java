package io.fyercache.zookeeper;

import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.zookeeper.life.JoinFailure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Members of one cluster in a real ensemble, on one thread. Each has its own ways to the servers. */
final class LiveMembers implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration POLL = Duration.ofMillis(2);

    private final Ensemble ensemble;
    private final ZooKeeperSettings settings;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Map<ZooKeeperCoordinator, List<TcpProxy>> ways = Collections.synchronizedMap(new LinkedHashMap<>());

    /** How an attempt to join has ended: one of the two is null. */
    record Joined(ZooKeeperCoordinator coordinator, JoinFailure failure) {}

    LiveMembers(Ensemble ensemble, ZooKeeperSettings settings) {
        this.ensemble = ensemble;
        this.settings = settings;
    }

    /** Joins a member by ways of its own, and waits. */
    ZooKeeperCoordinator join(MemberDescription description, CoordinationListener listener) {
        List<TcpProxy> own = new ArrayList<>();
        for (InetSocketAddress server : ensemble.addresses()) {
            own.add(new TcpProxy(server));
        }
        String servers = own.stream().map(TcpProxy::address).collect(Collectors.joining(","));
        ZooKeeperSettings through = new ZooKeeperSettings(
                servers,
                settings.chroot(),
                settings.sessionTimeout(),
                settings.joinTimeout(),
                settings.credentials(),
                settings.expectedCluster());
        Joined joined = attempt(through, description, listener);
        if (joined.failure() != null) {
            throw new AssertionError(joined.failure());
        }
        ways.put(joined.coordinator(), own);
        return joined.coordinator();
    }

    /** Tries to join as some settings say, and waits. */
    Joined attempt(ZooKeeperSettings how, MemberDescription description, CoordinationListener listener) {
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
        return get(end);
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

    void set(ZooKeeperCoordinator member, TcpProxy.Traffic traffic) {
        ways.get(member).forEach(way -> way.set(traffic));
    }

    void expire(ZooKeeperCoordinator member) {
        ensemble.expire(member.session().client());
    }

    /** Ends all lives, and waits for their threads. */
    @Override
    public void close() {
        List<ZooKeeperCoordinator> all = List.copyOf(ways.keySet());
        ways.values().forEach(own -> own.forEach(way -> way.set(TcpProxy.Traffic.PASSES)));
        call(() -> all.forEach(ZooKeeperCoordinator::leave));
        all.forEach(member -> get(member.ended().toCompletableFuture()));
        ways.values().forEach(own -> own.forEach(TcpProxy::close));
        thread.shutdown();
        await("end of the members' thread", thread::isTerminated);
    }
}
