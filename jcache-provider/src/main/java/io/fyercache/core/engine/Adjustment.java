package io.fyercache.core.engine;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.load.LoadSettings;
import org.jspecify.annotations.Nullable;

/**
 * What of a cache can change while it is used, as it is to be from now on.
 *
 * @param expiry when entries expire; null for as before, as a policy of the user's own can be asked but not exchanged
 * @param maximum of the bounds, in their unit; {@link io.fyercache.core.store.Bounds#UNLIMITED} of a cache that has none
 * @param loading how it loads
 */
public record Adjustment(@Nullable Expiry expiry, long maximum, LoadSettings loading) {}
