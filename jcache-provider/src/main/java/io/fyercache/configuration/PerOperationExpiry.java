package io.fyercache.configuration;

import java.io.Serializable;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * An expiry policy with a time of its own for each kind of operation (JSR-107, section on expiry policies). It always answers the same.
 *
 * @param creation the time to live of a new entry
 * @param update the time to live after an update; null leaves the deadline as it is
 * @param access the time to live after a read; null leaves the deadline as it is
 */
public record PerOperationExpiry(
        Duration creation,
        @Nullable Duration update,
        @Nullable Duration access) implements ExpiryPolicy, Serializable {

    @Override
    public Duration getExpiryForCreation() {
        return creation;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
        return update;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
        return access;
    }

    @Override
    public String toString() {
        return "{ creation: " + ExpiryText.print(creation) + textOf("update", update) + textOf("access", access) + " }";
    }

    private static String textOf(String operation, @Nullable Duration duration) {
        return duration == null ? "" : ", " + operation + ": " + ExpiryText.print(duration);
    }
}
