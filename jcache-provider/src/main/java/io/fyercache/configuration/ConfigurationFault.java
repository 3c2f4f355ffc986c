package io.fyercache.configuration;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a configuration.
 *
 * @param place where it was written, such as {@code fyercache.yaml:12:5} (line and column count from 1); null for settings made in code
 * @param setting the path of the setting, such as {@code caches.orders.load.refreshAhead}
 * @param value what was found, as text
 * @param expectation what was expected instead
 * @param remedy what to do
 */
public record ConfigurationFault(
        @Nullable String place, String setting, String value, String expectation, String remedy)
        implements Serializable {

    /** Returns this fault as one line: {@code place: setting: value (expected: expectation); remedy}. */
    @Override
    public String toString() {
        String head = place == null ? "" : place + ": ";
        return head + setting + ": " + value + " (expected: " + expectation + "); " + remedy;
    }
}
