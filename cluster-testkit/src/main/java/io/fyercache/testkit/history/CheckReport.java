package io.fyercache.testkit.history;

import java.util.List;

/**
 * The verdicts on all keys of a history; its text is for people. Immutable.
 *
 * @param verdicts in the order in which the keys first occur
 */
public record CheckReport(List<KeyVerdict> verdicts) {

    /** Copies the list. */
    public CheckReport {
        verdicts = List.copyOf(verdicts);
    }

    /** Returns the severest outcome of all keys; linearizable if there are none. */
    public Outcome outcome() {
        return verdicts.stream()
                .map(KeyVerdict::outcome)
                .max(Outcome::compareTo)
                .orElse(Outcome.LINEARIZABLE);
    }

    /** Returns how many keys have that outcome. */
    public long count(Outcome outcome) {
        return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
    }

    /** Returns how many configurations were tried in all. */
    public long steps() {
        return verdicts.stream().mapToLong(KeyVerdict::steps).sum();
    }

    /** Returns the outcome, then each key that is not linearizable, the severest first. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append(outcome())
                .append(": ")
                .append(verdicts.size())
                .append(" keys, ")
                .append(count(Outcome.VIOLATION))
                .append(" violated, ")
                .append(count(Outcome.UNDECIDED))
                .append(" undecided");
        for (Outcome outcome : List.of(Outcome.VIOLATION, Outcome.UNDECIDED)) {
            verdicts.stream()
                    .filter(verdict -> verdict.outcome() == outcome)
                    .forEach(verdict -> text.append(System.lineSeparator()).append(verdict));
        }
        return text.toString();
    }
}
