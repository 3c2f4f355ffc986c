package io.fyercache.jdbc.fault;

/**
 * One thing wrong with the settings of a builder.
 *
 * @param setting the setting's name, as the builder's method spells it
 * @param value what was given, or {@code none}; never a secret
 * @param expectation what would have been right
 * @param remedy what to do about it
 */
public record Fault(String setting, String value, String expectation, String remedy) {

    /** The fault as one line: {@code setting: value (expected: expectation); remedy}. */
    @Override
    public String toString() {
        return setting + ": " + value + " (expected: " + expectation + "); " + remedy;
    }
}
