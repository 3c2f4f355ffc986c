package io.fyercache.configuration;

import java.util.List;
import javax.cache.CacheException;

/** Thrown when a cache is to be had that is there already, and configured otherwise. Nothing was changed. */
public final class CacheDiffersException extends CacheException {

    private static final long serialVersionUID = 1L;

    /** An array, which is serializable where a {@link List} may not be. */
    private final String[] differences;

    /**
     * Says how they differ.
     *
     * @param where the other one is, such as {@code in the cluster}
     * @param differences one for each setting, with what it is there and here
     */
    public CacheDiffersException(String cacheName, String where, List<String> differences) {
        super(
                "cache '" + cacheName + "' is defined " + where + " already, and differently: "
                        + String.join("; ", differences)
                        + " (expected: the same everywhere); use the settings that it has there, or another name, or destroy it first");
        this.differences = differences.toArray(new String[0]);
    }

    /** Returns in what they differ, by setting; at least one. */
    public List<String> differences() {
        return List.of(differences);
    }
}
