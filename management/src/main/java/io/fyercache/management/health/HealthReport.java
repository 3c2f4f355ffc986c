package io.fyercache.management.health;

import java.util.List;

/**
 * How a process is.
 *
 * @param good whether it is as it should be
 * @param reasons why it is not; or, if it is, what it does
 */
public record HealthReport(boolean good, List<String> reasons) {
    /** Keeps a copy. */
    public HealthReport {
        reasons = List.copyOf(reasons);
    }
}
