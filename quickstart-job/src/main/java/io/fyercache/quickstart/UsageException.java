package io.fyercache.quickstart;

import java.util.List;

/** The command was given something it cannot use. Each fault is a sentence for the one who typed it. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String faults;

    UsageException(String fault) {
        super(fault);
        this.faults = fault;
    }

    UsageException(List<String> faults) {
        this(String.join("\n", faults));
    }

    /** The faults, one after the other. */
    List<String> faults() {
        return faults.lines().toList();
    }
}
