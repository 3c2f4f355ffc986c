package io.fyercache.jcache.expiry;

import io.fyercache.core.entry.Expiry;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/** A {@link Duration} as milliseconds: 0 and more, {@link Expiry#NEVER} for eternal, {@link Expiry#UNCHANGED} for none. */
final class LifeSpan {

    private LifeSpan() {}

    /** JSR-107 leaves open what no duration at all means for a new entry; like the reference implementation we let it live for ever. */
    static long atCreation(@Nullable Duration duration) {
        return duration == null ? Expiry.NEVER : millis(duration);
    }

    /** No duration leaves the deadline as it is ({@code ExpiryPolicy.getExpiryForUpdate}, {@code getExpiryForAccess}). */
    static long atChange(@Nullable Duration duration) {
        return duration == null ? Expiry.UNCHANGED : millis(duration);
    }

    /** Returns the deadline of an entry that lives {@code millis} from {@code nowMillis}; beyond the end of time it is never. */
    static long deadline(long nowMillis, long millis) {
        if (millis == Expiry.UNCHANGED) {
            return Expiry.UNCHANGED;
        }
        long deadline = nowMillis + millis;
        return deadline < nowMillis ? Expiry.NEVER : deadline;
    }

    private static long millis(Duration duration) {
        // Only ETERNAL has no unit.
        TimeUnit unit = duration.getTimeUnit();
        return unit == null ? Expiry.NEVER : unit.toMillis(duration.getDurationAmount());
    }
}
