package io.fyercache.jdbc.fault;

import java.util.List;
import java.util.stream.Collectors;

/** Settings were rejected; the message lists every fault, one a line. Nothing was built and no database was called. */
public final class InvalidSettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Transient, as lists need not be serializable; the message holds the same text. */
    private final transient List<Fault> faults;

    InvalidSettingsException(String subject, List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n  ", subject + ":\n  ", "")));
        this.faults = faults;
    }

    /** Every fault, in the order found; empty after deserialization. */
    @SuppressWarnings("ConstantValue") // a transient field is null after deserialization
    public List<Fault> faults() {
        return faults == null ? List.of() : faults;
    }
}
