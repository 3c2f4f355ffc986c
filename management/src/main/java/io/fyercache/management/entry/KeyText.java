package io.fyercache.management.entry;

import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import java.util.Optional;
import java.util.function.Function;

/** Keys as they stand in requests: text, of which the type of the cache's keys says what it means. */
public final class KeyText {
    private KeyText() {}

    /**
     * Returns the key that a text means. Where the type of keys is {@link Object} that is the text itself.
     *
     * @throws ProblemException if keys of that type have no text, or this is none
     */
    public static Object read(Class<?> keyType, String text) {
        if (keyType == Object.class) {
            return text;
        }
        Function<String, Object> reader = PlainTypes.reader(keyType);
        if (reader == null) {
            throw new ProblemException(
                    ProblemKind.UNUSABLE,
                    "key type",
                    keyType.getName(),
                    "one of " + PlainTypes.names(),
                    "use the cache by its own application");
        }
        try {
            return reader.apply(text);
        } catch (RuntimeException e) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST, "key", text, "the text of a " + keyType.getSimpleName(), null);
        }
    }

    /** Returns the text of a key; empty if its class has none, as the user's own ones. No code of the user's runs. */
    public static Optional<String> write(Object key) {
        return PlainTypes.isPlain(key) ? Optional.of(key.toString()) : Optional.empty();
    }
}
