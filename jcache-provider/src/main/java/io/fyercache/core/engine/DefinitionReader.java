package io.fyercache.core.engine;

import java.util.SortedMap;

/** Makes a cache's definition of what another process wrote of it, the user's objects included. Thread-safe. */
public interface DefinitionReader {

    /**
     * A definition that was read.
     *
     * @param definition without listeners: these are told where they were registered
     * @param userObjects closes the loader, the writer and whatever else of the user's was made for it, in this process and in no other. To be
     *     called when no user code of the cache runs here any more; what needs it afterwards fails
     */
    record Hosted(CacheDefinition definition, AutoCloseable userObjects) {}

    /**
     * Reads a definition. Runs no code of the user's and looks for no class of theirs, until an operation needs one: if it is not here or not
     * permitted then, that operation fails, naming what is missing, and any other goes on.
     *
     * @param host what errors call this process
     * @throws IllegalArgumentException if it is no definition that this version understands
     */
    Hosted read(PortableDefinition portable, String host);

    /**
     * Reads what has been changed of a definition since it was made. Runs no code of the user's.
     *
     * @param amended the settings that have changed, by name; those that are not of interest to who keeps entries are passed over
     * @throws IllegalArgumentException if it is nothing that this version understands
     */
    Adjustment adjustment(
            PortableDefinition portable, SortedMap<String, PortableDefinition.Setting> amended, String host);
}
