package io.fyercache.management.http;

import io.fyercache.core.time.SystemClock;
import io.fyercache.management.access.AuditLog;
import io.fyercache.management.access.Authorizer;
import io.fyercache.management.access.Caller;
import io.fyercache.management.access.Role;
import io.fyercache.management.certificate.TlsFiles;
import io.fyercache.management.problem.Problem;
import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Serves routes by HTTP, within {@link ServerLimits}. Thread-safe. */
public final class ApiServer implements AutoCloseable {
    private static final int THREADS_AT_REST = 4;

    /**
     * What a browser may do with what is answered: the console runs the programs and takes the styles that come from here, and asks nobody else. Nothing is
     * framed, no form is sent anywhere, and no text that somebody has put into a cache can become a program.
     */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private final Authorizer authorizer;
    private final AuditLog audit;
    private final CallerPlace place;
    private final Semaphore waiting = new Semaphore(ServerLimits.MAX_WAITING);

    /** Null if it speaks in plain text. */
    private final @Nullable RenewedCertificate certificate;

    private final Javalin javalin;

    private ApiServer(
            List<Route> routes,
            Authorizer authorizer,
            AuditLog audit,
            InetSocketAddress bind,
            @Nullable RenewedCertificate certificate) {
        this.certificate = certificate;
        this.authorizer = authorizer;
        this.audit = audit;
        this.place = authorizer.needsTokens() ? CallerPlace.ANYWHERE : CallerPlace.THIS_MACHINE;
        this.javalin = Javalin.create(config -> configure(config, routes, bind));
    }

    /**
     * Starts a server.
     *
     * @param bind where it listens; port 0 is any that is free
     * @param tls by what it shows who it is; empty if it speaks in plain text
     * @throws IllegalArgumentException if it cannot listen there, or the files of its certificate cannot be used
     */
    public static ApiServer start(
            List<Route> routes, Authorizer authorizer, AuditLog audit, InetSocketAddress bind, Optional<TlsFiles> tls) {
        ApiServer server = new ApiServer(
                routes,
                authorizer,
                audit,
                bind,
                tls.map(RenewedCertificate::new).orElse(null));
        try {
            server.javalin.start();
        } catch (JavalinBindException e) {
            server.close();
            throw new IllegalArgumentException(
                    "bind: " + bind.getHostString() + ":" + bind.getPort()
                            + " cannot be listened at (expected: an address of this machine, and a port that is free)",
                    e);
        }
        return server;
    }

    private void configure(JavalinConfig config, List<Route> routes, InetSocketAddress bind) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = ServerLimits.MAX_BODY_BYTES + 1L;
        config.jetty.threadPool = threads();
        config.jetty.modifyHttpConfiguration(ApiServer::limit);
        config.jetty.addConnector((server, http) -> connector(server, http, bind, certificate));
        config.jetty.modifyServer(server -> server.setErrorHandler(new ProblemPages()));
        for (Route route : routes) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method().name()), route.path(), context -> serve(route, context));
        }
        config.routes.exception(Exception.class, ApiServer::fail);
        // Javalin has an answer of its own to these otherwise.
        config.routes.exception(HttpResponseException.class, ApiServer::fail);
    }

    private static QueuedThreadPool threads() {
        // Its queue has no bound, and needs none: a connection has one request at a time.
        QueuedThreadPool threads =
                new QueuedThreadPool(ServerLimits.MAX_THREADS, THREADS_AT_REST, (int) ServerLimits.IDLE_MILLIS);
        threads.setName("fyercache-http");
        threads.setDaemon(true);
        return threads;
    }

    private static void limit(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(ServerLimits.MAX_HEADER_BYTES);
        // Names of caches may have a slash in them, which is a part of the name then.
        http.setUriCompliance(UriCompliance.DEFAULT.with(
                "names",
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, InetSocketAddress bind, @Nullable RenewedCertificate certificate) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector;
        if (certificate == null) {
            connector = new ServerConnector(server, 1, 1, plain);
        } else {
            // Whoever calls says by which name, and checks it; that is his business, not that of the server.
            http.addCustomizer(new SecureRequestCustomizer(false));
            connector = new ServerConnector(
                    server, 1, 1, new SslConnectionFactory(certificate.context(), plain.getProtocol()), plain);
        }
        connector.setHost(bind.getAddress().getHostAddress());
        connector.setPort(bind.getPort());
        connector.setIdleTimeout(ServerLimits.IDLE_MILLIS);
        NetworkConnectionLimit connections = new NetworkConnectionLimit(ServerLimits.MAX_CONNECTIONS, connector);
        connections.setEndPointIdleTimeout(ServerLimits.IDLE_MILLIS_WHEN_FULL);
        server.addBean(connections);
        connector.addBean(new SlowCallers(connector, SystemClock.INSTANCE));
        return connector;
    }

    // ---- a request

    private void serve(Route route, Context context) {
        Exchange exchange = new Exchange(context);
        if (route.needed().isEmpty()) {
            send(context, route.action().answer(exchange));
            return;
        }
        place.check(context.scheme(), context.header("Host"), context.header("Origin"));
        Caller caller = authorizer.identify(context.header("Authorization"));
        if (!route.changes()) {
            send(context, answer(route, exchange, caller));
            return;
        }
        String outcome = "done";
        try {
            send(context, answer(route, exchange, caller));
        } catch (RuntimeException e) {
            outcome = e instanceof ProblemException problem
                    ? problem.problem().title()
                    : "failed: " + e.getClass().getName();
            throw e;
        } finally {
            audit.note(caller, route.summary(), exchange.target(), outcome);
        }
    }

    private Answer answer(Route route, Exchange exchange, Caller caller) {
        authorizer.require(caller, route.needed().orElse(Role.WRITE));
        exchange.by(caller);
        exchange.checkParameters(route.parameters());
        if (route.waiting() == Route.Waiting.NEVER) {
            return route.action().answer(exchange);
        } else if (!waiting.tryAcquire()) {
            throw new ProblemException(
                    ProblemKind.UNAVAILABLE,
                    "requests that wait for caches",
                    Integer.toString(ServerLimits.MAX_WAITING),
                    "fewer",
                    "try again later; see /health/ready if it lasts");
        }
        try {
            return route.action().answer(exchange);
        } finally {
            waiting.release();
        }
    }

    private static void fail(Exception failure, Context context) {
        Problem problem = Problems.of(failure, context.method().name() + " " + context.path());
        if (problem.status() == ProblemKind.NOT_IDENTIFIED.status()) {
            context.header("WWW-Authenticate", "Bearer");
        }
        send(context, Problems.answer(problem));
    }

    private static void send(Context context, Answer answer) {
        context.status(answer.status());
        context.contentType(answer.contentType());
        context.header("Cache-Control", "no-store");
        context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        context.header("Referrer-Policy", "no-referrer");
        context.header("X-Content-Type-Options", "nosniff");
        context.result(answer.body());
    }

    /** Returns the port that it listens at. */
    public int port() {
        return javalin.port();
    }

    /** Ends it: connections are closed, and requests under way are not answered. */
    @Override
    public void close() {
        javalin.stop();
        if (certificate != null) {
            certificate.close();
        }
    }
}
