package io.fyercache.core.engine;

import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.time.ManualClock;

class LocalUserCodeTest extends UserCodeContract {

    @Override
    LocalCacheEngines start(ManualClock time) {
        return new LocalCacheEngines("test", time, new HoldWaits());
    }
}
