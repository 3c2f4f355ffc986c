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
 * @param operations in the order of their invocation; one whose answer does not matter is shown as of unknown outcome
 * @param stuck the first of them, by its return, whose answer cannot be explained
 * @param values the values, null for none, that the key could have when {@code stuck} was to take effect
 */
public record Explanation(List<Operation> operations, Operation stuck, List<@Nullable Object> values) {
    private static final double NANOS_PER_MILLISECOND = 1e6;

    /** Copies the lists. */
    public Explanation {
        operations = List.copyOf(operations);
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("These ").append(operations.size()).append(" are enough:");
        long origin = operations.get(0).invokedNanos();
        for (Operation operation : operations) {
            text.append(System.lineSeparator()).append(line(operation, origin));
        }
        text.append(System.lineSeparator()).append("  When that was to take effect, the value was ");
        List<String> choices = values.stream().map(Explanation::name).toList();
        return text.append(String.join(" or ", choices)).append('.').toString();
    }

    private String line(Operation operation, long origin) {
        String returned = "";
        String answer = "nobody knows";
        if (operation.completion() instanceof Answered answered) {
            returned = milliseconds(answered.returnedNanos() - origin);
            answer = isVoid(operation.action()) ? "done" : name(answered.answer());
        }
        String action = OperationText.of(operation.action());
        String line = String.format(
                Locale.ROOT,
                "  %12s .. %12s ms  %-12s %s -> %s",
                milliseconds(operation.invokedNanos() - origin),
                returned,
                operation.client(),
                action,
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
        return value == null ? "absent" : Objects.toString(value);
    }
}
