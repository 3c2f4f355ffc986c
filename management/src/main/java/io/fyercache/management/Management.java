package io.fyercache.management;

import io.fyercache.core.time.SystemClock;
import io.fyercache.management.access.AuditLog;
import io.fyercache.management.access.Authorizer;
import io.fyercache.management.access.TokenFile;
import io.fyercache.management.drain.Drain;
import io.fyercache.management.health.Health;
import io.fyercache.management.history.History;
import io.fyercache.management.history.Sampler;
import io.fyercache.management.http.ApiRoutes;
import io.fyercache.management.http.ApiServer;
import io.fyercache.management.http.ConsoleRoutes;
import io.fyercache.management.http.ExtensionRoutes;
import io.fyercache.management.http.Route;
import io.fyercache.management.metrics.Metrics;
import io.fyercache.management.report.ManagedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.cache.CacheManager;

/**
 * The management of a process, be it a member, a client, or one whose caches are its own: it is asked by HTTP how it is, and told what to do.
 *
 * <pre>{@code
 * try (Management management = Management.start(manager, settings)) {
 *     ...
 * }
 * }</pre>
 *
 * <p>It uses the caches of the manager as any application does, and does not close it. Thread-safe.
 */
public final class Management implements AutoCloseable {
    private final Drain drain;
    private final Health health;
    private final Metrics metrics;
    private final Sampler sampler;
    private final ApiServer server;

    private Management(Drain drain, Health health, Metrics metrics, Sampler sampler, ApiServer server) {
        this.drain = drain;
        this.health = health;
        this.metrics = metrics;
        this.sampler = sampler;
        this.server = server;
    }

    /**
     * Starts to manage.
     *
     * @param manager is open, and one of FyerCache's
     * @throws IllegalArgumentException if it is another provider's, the token file, those of its certificate or an extension have faults, or it cannot be listened at the address
     * @throws java.io.UncheckedIOException if the token file cannot be made or read
     */
    public static Management start(CacheManager manager, ManagementSettings settings) {
        return start(manager, settings, Optional.empty());
    }

    /**
     * Starts to manage a process that has no application, such as fyercache-node's: it may be told to end, too, and caches of its cluster that it does not use are
     * opened when they are asked for.
     *
     * @param end is called once, at most, when somebody asks for it: has the process {@link #leave}, close the manager, tell that it has
     *     {@link #left}, and end, all of that on another thread
     * @throws IllegalArgumentException as {@link #start(CacheManager, ManagementSettings)} does
     */
    public static Management start(CacheManager manager, ManagementSettings settings, Runnable end) {
        return start(manager, settings, Optional.of(end));
    }

    private static Management start(CacheManager manager, ManagementSettings settings, Optional<Runnable> end) {
        ManagedProcess given = ManagedProcess.of(manager);
        ManagedProcess process = end.isPresent() ? given.withoutApplication() : given;
        Authorizer authorizer = settings.tokenFile().map(TokenFile::open).orElseGet(Authorizer::ofTrustedMachine);
        Health health = new Health(process);
        Drain drain = new Drain(process, end);
        Metrics metrics = new Metrics(process);
        History history = new History(process, SystemClock.INSTANCE);
        Sampler sampler = Sampler.start(history);
        try {
            List<Route> routes = new ArrayList<>(ApiRoutes.of(process, health, metrics, history, drain));
            routes.addAll(ConsoleRoutes.all());
            routes.addAll(ExtensionRoutes.of(manager));
            ApiServer server = ApiServer.start(routes, authorizer, new AuditLog(), settings.bind(), settings.tls());
            return new Management(drain, health, metrics, sampler, server);
        } catch (RuntimeException e) {
            sampler.close();
            metrics.close();
            throw e;
        }
    }

    /** Returns the port at which it is asked. */
    public int port() {
        return server.port();
    }

    /** Has the process said to be of no use from now on, since it is about to leave its cluster; it goes on answering until it is closed. */
    public void leave() {
        health.leave();
    }

    /** Notes that the manager is closed. If somebody has asked for that, waits for 3 s at most, until who follows it has heard of it. */
    public void left() throws InterruptedException {
        drain.left();
    }

    /** Ends it. Leaves no thread. */
    @Override
    public void close() {
        server.close();
        sampler.close();
        metrics.close();
    }
}
