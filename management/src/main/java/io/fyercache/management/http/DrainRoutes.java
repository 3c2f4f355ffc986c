package io.fyercache.management.http;

import io.fyercache.management.access.Role;
import io.fyercache.management.drain.Drain;
import io.fyercache.management.http.Route.Method;
import io.fyercache.management.http.Route.Waiting;
import java.util.List;
import java.util.Optional;

/** Has a member hand over what it holds, and end. */
final class DrainRoutes {
    private static final String PATH = ApiRoutes.BASE + "/drain";

    private final Drain drain;

    DrainRoutes(Drain drain) {
        this.drain = drain;
    }

    List<Route> all() {
        return List.of(
                Route.look(
                        PATH,
                        List.of(),
                        "How far a member is with handing over",
                        exchange -> Answer.json(drain.report())),
                new Route(
                        Method.POST,
                        PATH,
                        Optional.of(Role.OPERATE),
                        Waiting.NEVER,
                        List.of(),
                        "Has a member hand over what it holds, and its process end",
                        exchange -> Answer.json(drain.begin())));
    }
}
