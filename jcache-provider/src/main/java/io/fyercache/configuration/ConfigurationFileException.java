package io.fyercache.configuration;

import java.util.List;
import javax.cache.CacheException;

/** Thrown when a configuration file is not valid; names every fault that it has, with line and column. No cache has been made of it. */
public final class ConfigurationFileException extends CacheException {

    private static final long serialVersionUID = 1L;

    /** An array, which is serializable where a {@link List} may not be. */
    private final ConfigurationFault[] faults;

    ConfigurationFileException(String source, List<ConfigurationFault> faults) {
        super(InvalidConfigurationException.messageOf("invalid configuration file " + source, faults));
        this.faults = faults.toArray(new ConfigurationFault[0]);
    }

    /** Returns the faults in the order of the file; at least one. */
    public List<ConfigurationFault> faults() {
        return List.of(faults);
    }
}
