package io.fyercache.node.doctor;

/**
 * What a check has found.
 *
 * @param about what was looked at
 * @param text what was found, and what was expected if it is not good
 * @param remedy what to do; empty if nothing is to be done
 */
public record Finding(Severity severity, String about, String text, String remedy) {

    /** How bad it is. */
    public enum Severity {
        /** It is as it should be. */
        GOOD,
        /** It works, and may be meant otherwise. */
        DOUBTFUL,
        /** The process cannot run so, or should not. */
        FAULT
    }

    static Finding good(String about, String text) {
        return new Finding(Severity.GOOD, about, text, "");
    }

    static Finding doubtful(String about, String text, String remedy) {
        return new Finding(Severity.DOUBTFUL, about, text, remedy);
    }

    static Finding fault(String about, String text, String remedy) {
        return new Finding(Severity.FAULT, about, text, remedy);
    }
}
