package io.fyercache.management.http;

import io.fyercache.configuration.NearestName;
import io.fyercache.core.time.SystemClock;
import io.fyercache.management.access.Caller;
import io.fyercache.management.access.Role;
import io.fyercache.management.json.Json;
import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request, as routes read it: whatever is not as expected is told as a problem. For one thread. */
final class Exchange {
    /** Bytes of a body that are read at a time. */
    private static final int PART_BYTES = 8 << 10;

    private final Context context;
    private String target;
    private Role role = Role.READ;

    Exchange(Context context) {
        this.context = context;
        this.target = context.path();
    }

    /** Sees to it that nothing else is in the query than what the route knows, and that once. */
    void checkParameters(List<String> known) {
        for (Map.Entry<String, List<String>> each : context.queryParamMap().entrySet()) {
            if (!known.contains(each.getKey())) {
                throw new ProblemException(
                        ProblemKind.BAD_REQUEST,
                        "parameter",
                        each.getKey(),
                        known.isEmpty()
                                ? "none"
                                : NearestName.of(each.getKey(), known)
                                                .map(nearest -> "perhaps " + nearest + ", or ")
                                                .orElse("")
                                        + "one of " + String.join(", ", known),
                        null);
            } else if (each.getValue().size() > 1) {
                throw new ProblemException(
                        ProblemKind.BAD_REQUEST, each.getKey(), each.getValue().size() + " times", "once", null);
            }
        }
    }

    /** Returns a part of the path. */
    String part(String name) {
        return context.pathParam(name);
    }

    /** Returns a parameter of the query. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(context.queryParam(name));
    }

    String requiredParameter(String name) {
        return parameter(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.BAD_REQUEST, "parameter " + name, "none", "one", "add ?" + name + "=..."));
    }

    /** Returns a number of the query, {@code least}..{@code most}. */
    long number(String name, long otherwise, long least, long most) {
        String text = parameter(name).orElse(null);
        if (text == null) {
            return otherwise;
        }
        return number(name, text, least, most);
    }

    static long number(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new ProblemException(
                ProblemKind.BAD_REQUEST,
                name,
                text,
                "a number, " + least + (most == Long.MAX_VALUE ? " or more" : ".." + most),
                null);
    }

    /** Returns the JSON that was sent. */
    @Nullable
    Object body() {
        String type = context.contentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST, "Content-Type", type == null ? "none" : type, "application/json", null);
        }
        try {
            return Json.read(bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes by what comes, whatever length was announced, if any was. */
    private byte[] bytes() throws IOException {
        long beganNanos = SystemClock.INSTANCE.nanoTime();
        InputStream in = context.bodyInputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[PART_BYTES];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            body.write(part, 0, read);
            if (body.size() > ServerLimits.MAX_BODY_BYTES) {
                throw new ProblemException(
                        ProblemKind.TOO_LARGE,
                        "body",
                        "more than " + ServerLimits.MAX_BODY_BYTES + " bytes",
                        ServerLimits.MAX_BODY_BYTES + " bytes at most",
                        "use the cache by its own application");
            } else if (SystemClock.INSTANCE.nanoTime() - beganNanos > ServerLimits.BODY_NANOS) {
                throw new ProblemException(
                        ProblemKind.TOO_SLOW,
                        "body",
                        body.size() + " bytes in " + Duration.ofNanos(ServerLimits.BODY_NANOS),
                        "all of it within that time",
                        null);
            }
        }
        return body.toByteArray();
    }

    /** Notes what the request is about, for the audit log. */
    void concerns(String what) {
        target = what;
    }

    /** Notes who asks. */
    void by(Caller caller) {
        role = caller.role();
    }

    /** Returns the role of whoever asks. */
    Role role() {
        return role;
    }

    String target() {
        return target;
    }
}
