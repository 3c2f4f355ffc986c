package io.fyercache.management.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem in the form of RFC 9457, with the four things that we say of each error as members of their own.
 *
 * @param type of {@link ProblemKind#type}
 * @param title for people, the same for all of the type
 * @param status of HTTP
 * @param detail for people: this one, in a sentence
 * @param name what is wrong: a parameter, a cache, a key
 * @param value what it was, if that may be told
 * @param expected what it should be
 * @param remedy what to do, if there is anything to say
 * @param faults each of several things that are wrong with what was sent; null if there is nothing more to say
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String name,
        @Nullable String value,
        @Nullable String expected,
        @Nullable String remedy,
        @Nullable List<Fault> faults) {

    /** Keeps a copy of the faults. */
    public Problem {
        faults = faults == null ? null : List.copyOf(faults);
    }

    /**
     * One of several things that are wrong.
     *
     * @param name what is wrong: a setting
     * @param value what it was
     * @param expected what it should be
     * @param remedy what to do
     */
    public record Fault(String name, String value, String expected, String remedy) {}
}
