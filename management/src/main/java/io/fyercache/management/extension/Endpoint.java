package io.fyercache.management.extension;

import io.fyercache.management.access.Role;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that an extension can be asked for.
 *
 * @param method of HTTP
 * @param path below that of the extension, such as {@code rates/today}: 1..100 of {@code a-z}, {@code 0-9}, {@code -} and {@code /}
 * @param role what a caller must have; {@link Role#READ} only with {@link Method#GET}. What is called with another role is in the audit log, with its summary
 * @param parameters names of those that may stand in the query, once each; requests with others are refused
 * @param summary for people, and for the audit log
 * @param action answers; called by many threads at the same time, and when no more requests wait for caches than may
 */
public record Endpoint(Method method, String path, Role role, List<String> parameters, String summary, Action action) {
    /** Endpoints of an extension, 64. */
    public static final int MAX_ENDPOINTS = 64;

    private static final String PATH = "[a-z0-9-]+(/[a-z0-9-]+)*";
    private static final int MAX_PATH_LENGTH = 100;

    /** The methods that an endpoint may have. */
    public enum Method {
        /** Looks. */
        GET,
        /** Puts what was sent in the place of what is there. */
        PUT,
        /** Does something. */
        POST,
        /** Removes. */
        DELETE
    }

    /** A request, for one thread, as long as it is answered. */
    public interface Call {
        /** Returns a parameter of the query. */
        Optional<String> parameter(String name);

        /**
         * Returns the JSON that was sent: {@code Map}, {@code List}, {@code String}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code BigDecimal}, {@code Boolean} or null. If it is
         * none, or too large, this throws what tells the caller so.
         */
        @Nullable
        Object body();
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Action {
        /**
         * Answers.
         *
         * @return what the caller gets as JSON: maps, lists, records, text, numbers and truth values
         * @throws IllegalArgumentException if something is wrong with the request: the caller gets status 400, and the message. What else is thrown is answered as the API answers it; the message
         *     of what is not FyerCache's is in the log alone
         */
        Object answer(Call call);
    }

    /**
     * Checks what it says.
     *
     * @throws IllegalArgumentException if path, role or summary are not as they may be
     */
    public Endpoint {
        parameters = List.copyOf(parameters);
        if (path.length() > MAX_PATH_LENGTH || !path.matches(PATH)) {
            throw new IllegalArgumentException("path of an endpoint: '" + path + "' (expected: 1.." + MAX_PATH_LENGTH
                    + " of a-z, 0-9, - and /, such as rates/today)");
        }
        if (role == Role.READ && method != Method.GET) {
            throw new IllegalArgumentException("role of endpoint " + method + " " + path
                    + ": read (expected: operate or write, as it may change something; or GET)");
        }
        if (summary.isBlank()) {
            throw new IllegalArgumentException("summary of endpoint " + method + " " + path
                    + ": none (expected: some words, which are in the audit log)");
        }
    }
}
