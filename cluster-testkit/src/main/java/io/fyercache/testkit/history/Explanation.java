package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Completion.Answered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A few operations of one key that no order explains, which is why no order explains the whole history. Its text is a
 * table for people. Immutable.
 *
 * @param clues in the order of their invocation, one or more
 * @param beginning what the value may have been before the first of them
 * @param stuck of those whose answer counts, the first to return whose answer cannot be explained
 * @param values the values, null for none, that the key could have when {@code stuck} was to take effect; if the beginning
 *     is any value, some one value that none of the operations names may be among them, and is then
 *     {@link #SOME_OTHER_VALUE}
 */
public record Explanation(List<Clue> clues, Beginning beginning, Operation stuck, List<@Nullable Object> values) {

    /** Stands for all values that no operation names. */
    public static final String SOME_OTHER_VALUE = "some other value";

    /** What a screen shows. Only faults that are a matter of counting need more. */
    private static final int MAX_LINES = 40;

    private static final double NANOS_PER_MILLISECOND = 1e6;

    /** Copies the lists. */
    public Explanation {
        clues = List.copyOf(clues);
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(clues.size() == 1 ? "This one is enough" : "These " + clues.size() + " are enough");
        text.append(beginning == Beginning.ANY ? ", whatever the value was before:" : ", from no value on:");
        long origin = clues.get(0).operation().invokedNanos();
        for (Clue clue : nearest()) {
            text.append(System.lineSeparator()).append(line(clue, origin));
        }
        if (clues.size() > MAX_LINES) {
            text.append(System.lineSeparator())
                    .append("  (and ")
                    .append(clues.size() - MAX_LINES)
                    .append(" more, farther from the marked one)");
        }
        List<String> choices = values.stream().map(Explanation::name).toList();
        return text.append(System.lineSeparator())
                .append("  When the marked one was to take effect, the value was ")
                .append(String.join(" or ", choices))
                .append('.')
                .toString();
    }

    /** Returns as many as fit on a screen, around the one that is stuck. */
    private List<Clue> nearest() {
        int first = clues.stream().map(Clue::operation).toList().indexOf(stuck) - MAX_LINES / 2;
        int from = Math.max(0, Math.min(first, clues.size() - MAX_LINES));
        return clues.subList(from, Math.min(clues.size(), from + MAX_LINES));
    }

    private String line(Clue clue, long origin) {
        Operation operation = clue.operation();
        String returned = "never";
        String answer = "no answer, may have happened at any time";
        if (operation.completion() instanceof Answered answered) {
            returned = milliseconds(answered.returnedNanos() - origin);
            answer = isVoid(operation.action()) ? "done" : name(answered.answer());
        }
        String line = String.format(
                Locale.ROOT,
                "  %s .. %s ms  %s: %s -> %s",
                milliseconds(operation.invokedNanos() - origin),
                returned,
                operation.client(),
                OperationText.of(operation.action()),
                answer);
        return operation.equals(stuck) ? line + "   <== cannot be explained" : line;
    }

    private static boolean isVoid(Action action) {
        return action instanceof Action.Put || action instanceof Action.Clear;
    }

    private static String milliseconds(long nanos) {
        return String.format(Locale.ROOT, "%.6f", nanos / NANOS_PER_MILLISECOND);
    }

    private static String name(@Nullable Object value) {
        if (value instanceof Action.Exchange exchange) {
            return "read " + name(exchange.read()) + ", left " + name(exchange.left());
        }
        return value == null ? "absent" : Objects.toString(value);
    }
}
