package io.fyercache.management.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as it is read and written here: maps, lists, strings, numbers, truth values and null; written also from records. Thread-safe. */
public final class Json {
    /** Arrays and objects within each other: deeper ones nobody types. */
    private static final int MAX_DEPTH = 20;

    /** Digits of a number: more than any type of the JDK takes for granted, and no burden to compute with. */
    private static final int MAX_DIGITS = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private Json() {}

    /** Returns an object as JSON. Components of records that are null are left out; null in maps and lists stays. */
    public static byte[] write(Object object) {
        return MAPPER.writeValueAsBytes(object);
    }

    /**
     * Returns what JSON says: {@code Map}, {@code List}, {@code String}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code BigDecimal},
     * {@code Boolean} or null.
     *
     * @throws ProblemException if it is no JSON, or beyond the bounds
     */
    public static @Nullable Object read(byte[] json) {
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (JacksonException e) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST,
                    "body",
                    e.getOriginalMessage(),
                    "JSON, at most " + MAX_DEPTH + " levels deep",
                    null);
        }
    }
}
