package io.fyercache.core.engine;

/** Makes a cache's definition of what another process wrote of it, the user's objects included. Thread-safe. */
public interface DefinitionReader {

    /**
     * A definition that was read.
     *
     * @param definition without listeners: these are told where they were registered
     * @param userObjects closes the loader, the writer and whatever else of the user's was made for it
     */
    record Hosted(CacheDefinition definition, AutoCloseable userObjects) {}

    /**
     * Reads a definition. User code whose classes are not here or not permitted is replaced by such as fails, naming what is missing.
     *
     * @param host what errors call this process
     * @throws IllegalArgumentException if it is no definition that this version understands
     */
    Hosted read(PortableDefinition portable, String host);
}
