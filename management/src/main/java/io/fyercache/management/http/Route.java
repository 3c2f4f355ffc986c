package io.fyercache.management.http;

import io.fyercache.management.access.Role;
import java.util.List;
import java.util.Optional;

/**
 * Something that can be asked for. What stands here is all that the server goes by, and the OpenAPI document is held against it.
 *
 * @param method of HTTP
 * @param path with names of parts in braces
 * @param needed what a caller must be; empty if anybody may ask
 * @param waiting whether its answer may have to wait for other processes
 * @param parameters names of those that may stand in the query; others are refused
 * @param summary for people
 * @param action answers
 */
public record Route(
        Method method,
        String path,
        Optional<Role> needed,
        Waiting waiting,
        List<String> parameters,
        String summary,
        Action action) {

    /** The methods that are used. */
    public enum Method {
        /** Looks. */
        GET,
        /** Puts what was sent in the place of what is there. */
        PUT,
        /** Changes a part of what is there. */
        PATCH,
        /** Does something. */
        POST,
        /** Removes. */
        DELETE
    }

    /** Whether an answer waits. */
    public enum Waiting {
        /** It is of what the process knows. */
        NEVER,
        /** It may take as long as a cluster takes to answer. */
        FOR_CACHES
    }

    /** Answers. */
    @FunctionalInterface
    public interface Action {
        /** Answers; throws what the server makes a problem of. */
        Answer answer(Exchange exchange);
    }

    static Route look(String path, List<String> parameters, String summary, Action action) {
        return new Route(Method.GET, path, Optional.of(Role.READ), Waiting.NEVER, parameters, summary, action);
    }

    static Route use(Method method, String path, Role needed, List<String> parameters, String summary, Action action) {
        return new Route(method, path, Optional.of(needed), Waiting.FOR_CACHES, parameters, summary, action);
    }

    static Route open(String path, String summary, Action action) {
        return new Route(Method.GET, path, Optional.empty(), Waiting.NEVER, List.of(), summary, action);
    }

    /** Tells whether it may change something. */
    boolean changes() {
        return needed.isPresent() && needed.get() != Role.READ;
    }
}
