package io.fyercache.configuration;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * How a cache of a cluster is read near: each process keeps entries that it has read from other members, and reads them again without a message, for
 * as long as it may. Immutable; checked when a configuration is built.
 *
 * @param maximumEntries how many entries each process keeps near: 1..10,000,000
 * @param maximumStaleness how long an entry is read near without word from the member that leads it: 200 ms..1 min
 */
public record NearOptions(long maximumEntries, Duration maximumStaleness) implements Serializable {

    /** Returns options with a bound, 1..10,000,000 entries, and the default for all else. */
    public static NearOptions upTo(long maximumEntries) {
        return of(SettingValues.none().with(CacheSettings.NEAR_MAXIMUM_ENTRIES, maximumEntries))
                .orElseThrow();
    }

    /** Returns these options with another staleness: 200 ms..1 min. */
    public NearOptions within(Duration staleness) {
        return new NearOptions(maximumEntries, staleness);
    }

    /** Returns the options among the values of a whole configuration; empty if there is no bound, without which nothing is kept near. */
    static Optional<NearOptions> of(SettingValues values) {
        return Optional.ofNullable(values.stated(CacheSettings.NEAR_MAXIMUM_ENTRIES))
                .map(entries -> new NearOptions(entries, values.get(CacheSettings.NEAR_MAXIMUM_STALENESS)));
    }

    /** Returns the values of a whole configuration with these options in place of its own. */
    SettingValues statedIn(SettingValues values) {
        return values.with(CacheSettings.NEAR_MAXIMUM_ENTRIES, maximumEntries)
                .with(CacheSettings.NEAR_MAXIMUM_STALENESS, maximumStaleness);
    }
}
