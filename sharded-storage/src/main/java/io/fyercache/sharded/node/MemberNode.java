package io.fyercache.sharded.node;

import io.fyercache.core.engine.DefinitionReader;
import io.fyercache.core.engine.EvictionReports;
import io.fyercache.core.time.Clock;
import io.fyercache.core.time.SystemClock;
import io.fyercache.sharded.client.CacheEndings;
import io.fyercache.sharded.event.ClusterEvent.MembershipLost;
import io.fyercache.sharded.node.LifeEnd.Expelled;
import io.fyercache.sharded.node.LifeEnd.Failed;
import io.fyercache.sharded.node.LifeEnd.Left;
import io.fyercache.sharded.node.LifeEnd.NotBegun;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.transport.netty.ListeningPort;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A process that stores data: one life of a member after the other. When others take it for dead, or its session with ZooKeeper is lost, it
 * gives up what it holds and joins again as somebody else; its callers are served by the others meanwhile. Thread-safe.
 */
public final class MemberNode extends ProcessNode {
    private static final Logger LOGGER = System.getLogger(MemberNode.class.getName());

    /** Threads for user code, 32: as many as a pool of connections to a database has. They come and go. */
    static final int USER_CODE_THREADS = 32;

    /** Calls of user code that wait for a thread: 64 of each partition of the largest cluster (U4), so none is ever refused. */
    static final int USER_CODE_WAITING = 64 * 8_192;

    /** Threads that tell listeners of evictions, 4: enough for listeners that are quick, as they must be. */
    private static final int EVICTION_THREADS = 4;

    /** Evictions that wait to be told of, 4,096: 4 MiB of values of a kilobyte. Of more of them listeners are not told. */
    private static final int EVICTIONS_WAITING = 4_096;

    /** How long the end of a process waits for user code that runs: as long as whoever destroys a cache does. */
    private static final Duration USER_CODE_LIMIT = Duration.ofNanos(CacheEndings.LIMIT_NANOS);

    private final MemberNodeSettings settings;
    private final Coordination coordination;
    private final Clock clock = SystemClock.INSTANCE;
    private final ProcessLoop loop;
    private final ListeningPort port;
    private final NodeRouter router;
    private final CacheDirectory directory;
    private final WorkThreads userCode;
    private final WorkThreads evictions;
    private final MemberLife.Surroundings surroundings;
    private final Visits visits = new Visits();
    private final Attempts attempts;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    // Those of the process's thread.
    private @Nullable MemberLife life;
    private boolean leaving;
    private CompletableFuture<Void> givenUp = CompletableFuture.completedFuture(null);

    private MemberNode(
            MemberNodeSettings settings, Coordination coordination, DefinitionReader reader, ClassLoader classLoader) {
        this.settings = settings;
        this.coordination = coordination;
        this.loop = new ProcessLoop("fyercache-member-" + settings.name());
        this.attempts = new Attempts(clock);
        try {
            this.port = ListeningPort.open(loop, settings.connections().security(), settings.bind());
        } catch (RuntimeException e) {
            loop.close();
            throw e;
        }
        this.router = new NodeRouter(
                ClusterPicture.Part.MEMBER, loop, clock, settings.connections(), this::learnTable, classLoader);
        this.directory = new CacheDirectory(loop);
        this.userCode = new WorkThreads(
                "fyercache-user-code-" + settings.name(), USER_CODE_THREADS, USER_CODE_WAITING, classLoader);
        this.evictions = new WorkThreads(
                "fyercache-evictions-" + settings.name(), EVICTION_THREADS, EVICTIONS_WAITING, classLoader);
        this.surroundings = new MemberLife.Surroundings(
                settings,
                loop,
                port,
                router,
                directory,
                userCode,
                new EvictionReports(evictions),
                reader,
                new OwnerOfLives());
    }

    /**
     * Starts a member, and returns it when it is in the cluster.
     *
     * @param reader reads the caches that others have defined
     * @param classLoader finds the classes of user code that runs here, listeners included
     * @throws CannotJoinException if it cannot get in
     * @throws IllegalArgumentException if it may not listen where it is to
     * @throws java.io.UncheckedIOException if it cannot listen there
     */
    public static MemberNode start(
            MemberNodeSettings settings, Coordination coordination, DefinitionReader reader, ClassLoader classLoader) {
        MemberNode node = new MemberNode(settings, coordination, reader, classLoader);
        node.loop.execute(node::begin);
        Future<?> unused = node.loop.every(NodeRouter.TICK_NANOS, node.router::tick);
        try {
            Waiting.forStart(node.started);
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
        return node;
    }

    // ---- lives, on the process's thread

    private void begin() {
        if (leaving) {
            return;
        }
        MemberDescription description = new MemberDescription(
                UUID.randomUUID(),
                settings.name(),
                settings.location(),
                new DataAddress(settings.advertisedHost(), port.port()),
                settings.capacity(),
                ProtocolVersions.SPOKEN);
        MemberLife next = new MemberLife(surroundings);
        life = next;
        visits.add(next.join(coordination, description));
    }

    /** Lets one life follow the other. */
    private final class OwnerOfLives implements MemberLife.Owner {
        @Override
        public void began(MemberLife begun) {
            attempts.succeeded();
            CompletableFuture<Void> unused = router.contact().whenComplete((made, refused) -> {
                if (refused == null) {
                    started.complete(null);
                } else {
                    started.completeExceptionally(cannotJoin(refused.getMessage()));
                }
            });
        }

        @Override
        public void ended(MemberLife ended, LifeEnd how) {
            life = null;
            givenUp = CompletableFuture.allOf(givenUp, ended.givenUp());
            if (leaving || how == Left.LEFT) {
                left.complete(null);
            } else if (how instanceof NotBegun notBegun && !attempts.mayGoOn(notBegun.why())) {
                started.completeExceptionally(cannotJoin(notBegun.why().message()));
            } else {
                if (!(how instanceof NotBegun)) {
                    router.note(new MembershipLost(text(how)));
                }
                long pause = attempts.nextPauseNanos();
                LOGGER.log(
                        Level.WARNING,
                        "member {0}: {1}; it joins again in {2} ms",
                        settings.name(),
                        text(how),
                        Duration.ofNanos(pause).toMillis());
                loop.after(pause, MemberNode.this::begin);
            }
        }
    }

    private CannotJoinException cannotJoin(@Nullable String why) {
        return new CannotJoinException("member '" + settings.name() + "' cannot join its cluster: " + why);
    }

    private static String text(LifeEnd how) {
        if (how instanceof NotBegun notBegun) {
            return "it could not join: " + notBegun.why().message();
        } else if (how instanceof Failed failed) {
            return "it has failed: " + failed.cause();
        }
        return how == Expelled.EXPELLED ? "it was taken for dead, or its session is lost" : "it has left";
    }

    private void learnTable() {
        if (life != null) {
            life.learnTable();
        }
    }

    // ---- for caches

    @Override
    NodeRouter nodeRouter() {
        return router;
    }

    @Override
    CacheDirectory directory() {
        return directory;
    }

    @Override
    ProcessLoop loop() {
        return loop;
    }

    /** Returns the port that others reach it at. */
    public int port() {
        return port.port();
    }

    // ---- the end

    @Override
    public void close() {
        loop.requireOther("close");
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        loop.execute(this::leave);
        if (!Waiting.until(left, settings.leaveLimit())) {
            LOGGER.log(
                    Level.WARNING,
                    "member {0} ends although not all is handed over after {1}, and others have to find that out",
                    settings.name(),
                    settings.leaveLimit());
        }
        CompletableFuture<Void> userCodeEnded = new CompletableFuture<>();
        loop.execute(() -> endNow(userCodeEnded));
        visits.awaitEnds();
        if (!Waiting.until(userCodeEnded, USER_CODE_LIMIT)) {
            LOGGER.log(
                    Level.WARNING,
                    "member {0} ends although user code runs after {1} (expected: that loaders, writers and processors return); it is interrupted",
                    settings.name(),
                    USER_CODE_LIMIT);
        }
        userCode.close();
        evictions.close();
        loop.close();
    }

    private void leave() {
        leaving = true;
        // Who was never believed holds nothing that anybody would take.
        if (life == null || started.isCompletedExceptionally()) {
            left.complete(null);
        } else {
            life.leave();
        }
    }

    private void endNow(CompletableFuture<Void> userCodeEnded) {
        if (life != null) {
            life.end(Left.LEFT);
        }
        router.close();
        directory.close();
        port.close();
        CompletableFuture<Void> unused = givenUp.thenAccept(userCodeEnded::complete);
    }

    /**
     * Ends it as a crash does, for tests: nothing is handed over, and no other process is told. Only ZooKeeper is, if it can be reached.
     */
    public void kill() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        loop.execute(() -> {
            leaving = true;
            router.close();
            directory.close();
        });
        loop.close();
        userCode.close();
        evictions.close();
        visits.leaveAll();
    }

    @Override
    public String toString() {
        return "member '" + settings.name() + "' at " + settings.advertisedHost() + ":" + port.port();
    }
}
