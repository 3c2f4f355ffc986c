package io.fyercache.node;

import io.fyercache.management.ManagementSettings;
import io.fyercache.management.access.TokenFile;
import io.fyercache.management.certificate.AuthorityFile;
import io.fyercache.management.json.Json;
import io.fyercache.management.report.Page;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The process that a command asks. */
final class Server {
    /** How long an answer may take: as long as a cluster's patience, and a bit. */
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private static final int OK = 200;
    private static final int CREATED = 201;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:" + ManagementSettings.DEFAULT_PORT,
            description = "The process that is asked, by default ${DEFAULT-VALUE}.")
    private String url = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file with tokens, as the process has it; the last one in it is used, which has the role write in a file as it is made.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--authority",
            paramLabel = "FILE",
            description =
                    "PEM file with the certificates of whom to believe that the process is who it says; by default those of Java.")
    private @Nullable Path authority;

    /** For picocli. */
    Server() {}

    /** What was answered. */
    record Reply(int status, @Nullable Object json) {}

    /** Asks, and returns what is said if all is well. */
    @Nullable
    Object get(String path) {
        return ok(send("GET", path, Optional.empty()));
    }

    /**
     * Asks for a list, and returns all pages of it.
     *
     * @param more of the query
     */
    List<Object> pages(String path, String more) {
        List<Object> items = new ArrayList<>();
        Object next = 0;
        while (next != null) {
            Map<?, ?> page = (Map<?, ?>) get(path + "?limit=" + Page.MAX_LIMIT + "&offset=" + next + more);
            if (page == null) {
                break;
            }
            items.addAll((List<?>) page.get("items"));
            next = page.get("next");
        }
        return items;
    }

    /** Has something done. */
    @Nullable
    Object change(String method, String path, Optional<byte[]> json) {
        return ok(send(method, path, json));
    }

    private static @Nullable Object ok(Reply reply) {
        if (reply.status() == OK || reply.status() == CREATED) {
            return reply.json();
        }
        Object detail = reply.json() instanceof Map<?, ?> problem ? problem.get("detail") : null;
        throw new RefusedException(detail == null ? "it was answered " + reply.status() : detail.toString());
    }

    /** Asks, whatever is answered. */
    Reply send(String method, String path, Optional<byte[]> json) {
        BodyPublisher body = json.map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).method(method, body);
        json.ifPresent(unused -> request.header("Content-Type", "application/json"));
        token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        try {
            HttpResponse<byte[]> response = client().send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.body().length == 0 ? null : Json.read(response.body()));
        } catch (IOException e) {
            throw new NotReachedException(
                    "server: " + url + " does not answer: " + e + " (expected: a process that runs with --http there)",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotReachedException("server: " + url + ": interrupted", e);
        }
    }

    private HttpClient client() {
        Path file = authority;
        if (file == null) {
            return HttpClient.newHttpClient();
        }
        try {
            return AuthorityFile.client(file);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("--authority: " + e.getMessage());
        }
    }

    /** Returns the last token of the file. */
    private Optional<String> token() {
        Path file = tokenFile;
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(TokenFile.lastToken(file));
        } catch (IOException e) {
            throw new RefusedException(
                    "--token-file: " + file + " cannot be read (expected: a file that this process may read)");
        }
    }

    /** Returns a text as it stands in a URL. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
