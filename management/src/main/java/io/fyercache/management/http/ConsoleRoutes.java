package io.fyercache.management.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The web console: files of the jar, each with a route of its own, so that no path leads to any other file. They are for everybody, as there is nothing in
 * them but the program; what it shows it asks the API for, with the token of whoever uses it.
 */
public final class ConsoleRoutes {
    private static final String PAGE = "console.html";

    /** The files besides the page. */
    private static final List<String> FILES = List.of(
            "api.js",
            "caches.js",
            "chart.js",
            "cluster.js",
            "console.css",
            "console.js",
            "definitions.js",
            "dom.js",
            "entries.js",
            "events.js",
            "fields.js",
            "history.js",
            "icon.svg",
            "partitions.js",
            "uplot/LICENSE",
            "uplot/uPlot.esm.js",
            "uplot/uPlot.min.css");

    private ConsoleRoutes() {}

    /** Returns the routes: the page at {@code /}, and the rest below {@code /console}. */
    public static List<Route> all() {
        List<Route> routes = new ArrayList<>();
        routes.add(file("/", PAGE));
        FILES.forEach(name -> routes.add(file("/console/" + name, name)));
        return List.copyOf(routes);
    }

    private static Route file(String path, String name) {
        Answer answer = new Answer(Answer.OK, contentType(name), Resource.bytes("console/" + name));
        return Route.open(path, "A file of the console", exchange -> answer);
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/plain; charset=utf-8";
        };
    }
}
