package io.fyercache.core.engine;

import java.util.SortedMap;

/** Settings of a cache that are to change while it is used, for either kind of engine. */
public interface AdjustedDesign {

    /** Returns what an engine that keeps the entries in this process has to know: all that can change, changed or not. */
    Adjustment adjustment();

    /**
     * Returns what is to change as other processes are told of it, by the names of settings.
     *
     * @throws IllegalArgumentException if something of it is of use in this process only; says what, and what to do
     */
    SortedMap<String, PortableDefinition.Setting> portable();
}
