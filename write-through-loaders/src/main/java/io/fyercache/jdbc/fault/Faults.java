package io.fyercache.jdbc.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the faults of one set of settings, so that a user mends all of them after the first run.
 *
 * <p>Not thread-safe: it lives as long as one call of {@code build()}.
 */
public final class Faults {

    /** The value shown for a setting that was not given. */
    public static final String NONE = "none";

    private final String subject;
    private final List<Fault> found = new ArrayList<>();

    /**
     * An empty collection.
     *
     * @param subject what is being built, as the first words of the message: {@code JdbcCacheLoader<Long, Person>}
     */
    public Faults(String subject) {
        this.subject = subject;
    }

    /** Notes a fault; see {@link Fault} for the parts. */
    public void add(String setting, String value, String expectation, String remedy) {
        found.add(new Fault(setting, value, expectation, remedy));
    }

    /** Notes a setting that was not given. */
    public void addMissing(String setting, String expectation, String remedy) {
        add(setting, NONE, expectation, remedy);
    }

    /** Notes a number that is not in 1..{@code max}. */
    public void addUnlessWithin(String setting, int value, int max, String remedy) {
        if (value < 1 || value > max) {
            add(setting, Integer.toString(value), "1.." + max, remedy);
        }
    }

    /** Whether nothing was found so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends the validation.
     *
     * @throws InvalidSettingsException if anything was found; it lists all of it
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    /** The exception that lists what was found. */
    public InvalidSettingsException exception() {
        return new InvalidSettingsException(subject, List.copyOf(found));
    }
}
