package io.fyercache.management.http;

import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From where requests may come. A browser on this machine reaches loopback addresses for whatever page it shows: where no token is needed, a page of
 * somebody else's must not be believed, be it that it sends requests here, or that a name of its own leads here.
 */
enum CallerPlace {
    /** Programs on this machine, and pages that come from here. */
    THIS_MACHINE {
        @Override
        void check(String scheme, @Nullable String host, @Nullable String origin) {
            require("Host", host == null ? "none" : host, isLoopback("http://" + host));
            if (origin != null) {
                require("Origin", origin, origin.equals(scheme + "://" + host));
            }
        }
    },

    /** Anywhere: callers are known by tokens, which pages do not have. */
    ANYWHERE {
        @Override
        void check(String scheme, @Nullable String host, @Nullable String origin) {}
    };

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Sees to it that a request comes from where it may.
     *
     * @param scheme {@code http}, or {@code https} with TLS
     * @param host HTTP's field of that name, and so whom the caller believes that it speaks to
     * @param origin the same, of the page that a browser shows
     * @throws ProblemException if it does not
     */
    abstract void check(String scheme, @Nullable String host, @Nullable String origin);

    private static boolean isLoopback(String url) {
        try {
            String host = new URI(url).getHost();
            return host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void require(String name, String value, boolean condition) {
        if (!condition) {
            throw new ProblemException(
                    ProblemKind.NOT_ALLOWED,
                    name,
                    value,
                    "this machine, as no token is needed here",
                    "use localhost or 127.0.0.1, or start the process with a token file");
        }
    }
}
