package io.fyercache.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What TLC said about one run, read from the output of its tool mode: messages with a code and a severity each, between
 * marks. What is missing from the output is missing here; nothing is taken for granted.
 *
 * @param messages in TLC's order
 */
record CheckerReport(int exitStatus, List<Message> messages) {
    private static final Pattern MESSAGE = Pattern.compile(
            "@!@!@STARTMSG (?<code>\\d+):(?<severity>\\d+) @!@!@\\R(?<text>.*?)\\R?@!@!@ENDMSG \\k<code> @!@!@",
            Pattern.DOTALL);

    /** The codes of TLC 2.18, {@code tlc2.output.EC}. */
    private static final int INVARIANT_VIOLATED = 2110;

    private static final int INVARIANT_VIOLATED_INITIALLY = 2107;
    private static final int TRACE_FOLLOWS = 2121;
    private static final int COMPLETED = 2193;
    private static final int DEPTH = 2194;
    private static final int STATISTICS = 2199;
    private static final int WALK_PROGRESS = 2209;
    private static final int TRACE_STATE = 2217;

    private static final Pattern VIOLATION = Pattern.compile("Invariant (\\w+) is violated.*", Pattern.DOTALL);
    private static final Pattern DISTINCT = Pattern.compile("([\\d,]+) distinct states found");
    private static final Pattern LEFT = Pattern.compile("([\\d,]+) states left on queue");
    private static final Pattern WALKED = Pattern.compile("([\\d,]+) states generated");
    private static final Pattern SEARCHED = Pattern.compile("complete state graph search is (\\d+)");

    CheckerReport {
        messages = List.copyOf(messages);
    }

    /**
     * One message.
     *
     * @param severity 0 for a note, 4 for a state; all others are complaints
     */
    record Message(int code, int severity, String text) {
        private static final int NOTE = 0;
        private static final int STATE = 4;

        boolean isComplaint() {
            return severity != NOTE && severity != STATE;
        }
    }

    /** Reads the output of {@code tlc2.TLC -tool}. */
    static CheckerReport parse(int exitStatus, String output) {
        List<Message> messages = new ArrayList<>();
        Matcher matcher = MESSAGE.matcher(output);
        while (matcher.find()) {
            messages.add(new Message(
                    Integer.parseInt(matcher.group("code")),
                    Integer.parseInt(matcher.group("severity")),
                    matcher.group("text")));
        }
        return new CheckerReport(exitStatus, messages);
    }

    /** True if TLC says that it has visited every state. */
    boolean completed() {
        return messages.stream().anyMatch(message -> message.code() == COMPLETED);
    }

    List<String> violatedInvariants() {
        return messages.stream()
                .filter(CheckerReport::isViolation)
                .map(message -> VIOLATION.matcher(message.text()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /** All complaints but those about invariants and the headline of a counter-example. */
    List<String> errors() {
        return messages.stream()
                .filter(Message::isComplaint)
                .filter(message -> !isViolation(message) && message.code() != TRACE_FOLLOWS)
                .map(message -> message.code() + " " + message.text())
                .toList();
    }

    OptionalLong distinctStates() {
        return number(STATISTICS, DISTINCT);
    }

    OptionalLong statesLeft() {
        return number(STATISTICS, LEFT);
    }

    /** How many states random walks have met. */
    OptionalLong statesWalked() {
        return number(WALK_PROGRESS, WALKED);
    }

    OptionalInt depth() {
        OptionalLong depth = number(DEPTH, SEARCHED);
        return depth.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(depth.getAsLong()));
    }

    /** How many states the counter-example has, the initial one among them; 0 if there is none. */
    int traceLength() {
        return Math.toIntExact(messages.stream()
                .filter(message -> message.code() == TRACE_STATE)
                .count());
    }

    private static boolean isViolation(Message message) {
        return message.code() == INVARIANT_VIOLATED || message.code() == INVARIANT_VIOLATED_INITIALLY;
    }

    /** The number in the last message of a code, since the earlier ones report progress. */
    private OptionalLong number(int code, Pattern pattern) {
        return messages.stream()
                .filter(message -> message.code() == code)
                .map(message -> pattern.matcher(message.text()))
                .filter(Matcher::find)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1).replace(",", "")))
                .reduce((earlier, later) -> later);
    }
}
