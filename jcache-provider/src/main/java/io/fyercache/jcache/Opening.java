package io.fyercache.jcache;

import io.fyercache.core.engine.CacheDesign;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.CacheEngines;

/** How a cache comes to be open. */
enum Opening {
    /** It is defined, unless that was done before. */
    DEFINES {
        @Override
        CacheEngine engine(CacheEngines engines, CacheDesign design) {
            return engines.open(design);
        }
    },

    /** It must be defined by now. */
    FINDS {
        @Override
        CacheEngine engine(CacheEngines engines, CacheDesign design) {
            return engines.openDefined(design);
        }
    };

    abstract CacheEngine engine(CacheEngines engines, CacheDesign design);
}
