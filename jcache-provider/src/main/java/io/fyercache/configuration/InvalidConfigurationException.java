package io.fyercache.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a configuration made in code is not valid; names every fault that it has. */
public final class InvalidConfigurationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** An array, which is serializable where a {@link List} may not be. */
    private final ConfigurationFault[] faults;

    InvalidConfigurationException(List<ConfigurationFault> faults) {
        super(messageOf("invalid cache configuration", faults));
        this.faults = faults.toArray(new ConfigurationFault[0]);
    }

    /** Returns the faults in the order of the settings; at least one. */
    public List<ConfigurationFault> faults() {
        return List.of(faults);
    }

    static String messageOf(String what, List<ConfigurationFault> faults) {
        String count = faults.size() == 1 ? "1 fault" : faults.size() + " faults";
        return faults.stream()
                .map(fault -> System.lineSeparator() + "  " + fault)
                .collect(Collectors.joining("", what + ", " + count + ":", ""));
    }
}
