package io.fyercache.management.extension;

import java.util.List;
import javax.cache.CacheManager;

/**
 * Endpoints of an application's own, beside those of the API and guarded as they are. Found by {@link java.util.ServiceLoader} with the class loader of the managed cache manager when management
 * starts: {@code META-INF/services/io.fyercache.management.extension.ManagementExtension} names the classes, which have a public constructor without parameters.
 *
 * <p>What is wrong with an extension, and whatever it throws here, ends the start of management.
 */
public interface ManagementExtension {
    /** Returns its name, 1..32 of {@code a-z}, {@code 0-9} and {@code -}, which no other one has: its endpoints are below {@code /api/v1/extensions/NAME}. */
    String name();

    /**
     * Returns its endpoints, {@value Endpoint#MAX_ENDPOINTS} at most. Called once.
     *
     * @param manager the one that is managed; it is not to be closed
     */
    List<Endpoint> endpoints(CacheManager manager);
}
