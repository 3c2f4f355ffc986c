package io.fyercache.management.http;

import io.fyercache.management.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * What is answered.
 *
 * @param status of HTTP
 * @param body not to be changed
 */
// Nobody compares answers.
@SuppressWarnings("ArrayRecordComponent")
record Answer(int status, String contentType, byte[] body) {
    static final int OK = 200;
    static final int CREATED = 201;
    static final int UNAVAILABLE = 503;
    private static final String JSON = "application/json";

    static Answer json(Object object) {
        return json(OK, object);
    }

    static Answer json(int status, Object object) {
        return new Answer(status, JSON, Json.write(object));
    }

    static Answer text(String contentType, String text) {
        return new Answer(OK, contentType, text.getBytes(StandardCharsets.UTF_8));
    }
}
