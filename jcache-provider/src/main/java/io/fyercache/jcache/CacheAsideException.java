package io.fyercache.jcache;

import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A caller of {@link CacheAside#get} has waited for another's computation in vain: it failed, it took longer than the caller's patience, or
 * the caller was interrupted. The caller has computed nothing, and the cache is as it was.
 *
 * <p>The cause is what the function threw, where that was in this process; else the message says it.
 */
public final class CacheAsideException extends CacheException {
    private static final long serialVersionUID = 1L;

    CacheAsideException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
