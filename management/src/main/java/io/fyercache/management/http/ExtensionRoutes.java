package io.fyercache.management.http;

import io.fyercache.management.extension.Endpoint;
import io.fyercache.management.extension.ManagementExtension;
import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** What extensions can be asked for. */
public final class ExtensionRoutes {
    /** Where the endpoints of extensions begin. */
    static final String BASE = ApiRoutes.BASE + "/extensions";

    /** Extensions of a process, 32. */
    private static final int MAX_EXTENSIONS = 32;

    private static final String NAME = "[a-z0-9-]{1,32}";

    private ExtensionRoutes() {}

    /**
     * Returns the routes of all extensions that a manager's class loader finds.
     *
     * @throws IllegalArgumentException if one is not as it may be, or cannot be made
     */
    public static List<Route> of(CacheManager manager) {
        List<Route> routes = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (ManagementExtension extension : found(manager.getClassLoader())) {
            String name = extension.name();
            if (!name.matches(NAME) || !names.add(name)) {
                throw new IllegalArgumentException("name of management extension "
                        + extension.getClass().getName() + ": '" + name
                        + "' (expected: 1..32 of a-z, 0-9 and -, and another one than those of other extensions)");
            } else if (names.size() > MAX_EXTENSIONS) {
                throw new IllegalArgumentException("management extensions: more than " + MAX_EXTENSIONS
                        + " (expected: that many at most); let one have several endpoints");
            }
            routes.addAll(of(name, extension.endpoints(manager)));
        }
        return routes;
    }

    private static List<ManagementExtension> found(ClassLoader loader) {
        try {
            return ServiceLoader.load(ManagementExtension.class, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (ServiceConfigurationError e) {
            throw new IllegalArgumentException(
                    "management extensions: " + e.getMessage()
                            + " (expected: public classes with a public constructor without parameters)",
                    e);
        }
    }

    private static List<Route> of(String extension, List<Endpoint> endpoints) {
        if (endpoints.size() > Endpoint.MAX_ENDPOINTS) {
            throw new IllegalArgumentException("management extension '" + extension + "': " + endpoints.size()
                    + " endpoints (expected: " + Endpoint.MAX_ENDPOINTS + " at most)");
        }
        List<Route> routes = new ArrayList<>();
        Set<String> taken = new TreeSet<>();
        for (Endpoint endpoint : endpoints) {
            if (!taken.add(endpoint.method() + " " + endpoint.path())) {
                throw new IllegalArgumentException("management extension '" + extension + "': endpoint "
                        + endpoint.method() + " " + endpoint.path() + " twice (expected: once)");
            }
            routes.add(Route.use(
                    Route.Method.valueOf(endpoint.method().name()),
                    BASE + "/" + extension + "/" + endpoint.path(),
                    endpoint.role(),
                    endpoint.parameters(),
                    endpoint.summary(),
                    exchange -> answer(endpoint.action(), exchange)));
        }
        return routes;
    }

    private static Answer answer(Endpoint.Action action, Exchange exchange) {
        try {
            return Answer.json(action.answer(new CallByHttp(exchange)));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, "request", String.valueOf(e.getMessage()));
        } catch (ProblemException | CacheException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new FailedExtensionException(e);
        }
    }

    /** Something of which nobody knows whether its message may be told. */
    private static final class FailedExtensionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailedExtensionException(RuntimeException cause) {
            super("an extension has failed", cause);
        }
    }

    private record CallByHttp(Exchange exchange) implements Endpoint.Call {
        @Override
        public Optional<String> parameter(String name) {
            return exchange.parameter(name);
        }

        @Override
        public @Nullable Object body() {
            return exchange.body();
        }
    }
}
