package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.management.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Asks a process by HTTP, as anybody does. */
public final class Api {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String base;
    private final String token;

    private Api(String base, String token) {
        this.base = base;
        this.token = token;
    }

    public static Api at(int port) {
        return new Api("http://127.0.0.1:" + port, null);
    }

    public Api with(String other) {
        return new Api(base, other);
    }

    /** What was answered. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Reply(int status, String type, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @SuppressWarnings("unchecked") // what Json makes of objects
        public Map<String, Object> json() {
            return (Map<String, Object>) Json.read(body);
        }

        @SuppressWarnings("unchecked") // what Json makes of lists of objects
        public List<Map<String, Object>> items() {
            return (List<Map<String, Object>>) json().get("items");
        }

        /** Sees that it is well, and returns what it says. */
        public Map<String, Object> ok() {
            assertThat(status).as("%s", text()).isEqualTo(200);
            return json();
        }

        /** Sees that something was made, and returns what it says. */
        public Map<String, Object> created() {
            assertThat(status).as("%s", text()).isEqualTo(201);
            return json();
        }

        /** Sees that it is a problem of that status, and returns it. */
        public Map<String, Object> problem(int expected) {
            assertThat(status).as("%s", text()).isEqualTo(expected);
            assertThat(type).isEqualTo("application/problem+json");
            assertThat(json()).containsKeys("type", "title", "detail", "name").containsEntry("status", expected);
            return json();
        }
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply send(String method, String path, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return send(request);
    }

    public Reply send(HttpRequest.Builder request) {
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new AssertionError(method(request) + " is not answered", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String method(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        return built.method() + " " + built.uri();
    }

    public String base() {
        return base;
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
