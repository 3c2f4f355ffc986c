package io.fyercache.management.problem;

import io.fyercache.management.problem.Problem.Fault;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request is refused, for a reason that its sender may be told. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Characters of a value that are told: enough to recognize it by. */
    private static final int MAX_VALUE = 200;

    private final transient Problem problem;

    /** Takes what is wrong; the value may be long, and is cut. */
    public ProblemException(
            ProblemKind kind, String name, @Nullable String value, @Nullable String expected, @Nullable String remedy) {
        this(kind, name, shortened(value), text(name, shortened(value), expected, remedy), expected, remedy, null);
    }

    /** Takes what is wrong, and a sentence about it that somebody else has written. */
    public ProblemException(ProblemKind kind, String name, String detail) {
        this(kind, name, null, detail, null, null, null);
    }

    /** Takes several things that are wrong with what was sent, at least one. */
    public ProblemException(ProblemKind kind, String name, List<Fault> faults) {
        this(kind, name, null, text(name, faults), null, null, faults);
    }

    private static String text(String name, List<Fault> faults) {
        return name + ": "
                + faults.stream()
                        .map(fault -> text(fault.name(), fault.value(), fault.expected(), fault.remedy()))
                        .collect(Collectors.joining(". "));
    }

    private ProblemException(
            ProblemKind kind,
            String name,
            @Nullable String value,
            String detail,
            @Nullable String expected,
            @Nullable String remedy,
            @Nullable List<Fault> faults) {
        super(detail);
        this.problem =
                new Problem(kind.type(), kind.title(), kind.status(), detail, name, value, expected, remedy, faults);
    }

    private static @Nullable String shortened(@Nullable String value) {
        return value == null || value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "...";
    }

    private static String text(
            String name, @Nullable String value, @Nullable String expected, @Nullable String remedy) {
        return name
                + (value == null ? "" : ": " + value)
                + (expected == null ? "" : " (expected: " + expected + ")")
                + (remedy == null ? "" : "; " + remedy);
    }

    /** Returns what the sender is told. */
    public Problem problem() {
        return problem;
    }
}
