/**
 * JSR-107 itself, the roof of this module: the provider that {@code Caching} finds, its managers, their caches. It checks what users
 * hand in, turns it into what a {@link io.fyercache.core.engine.CacheEngine} understands, and back. What an operation means for an
 * entry is not known here: that is {@link io.fyercache.core.operation}.
 *
 * <p>The packages below it mirror those of {@code javax.cache} and know nothing of this one.
 */
@NullMarked
package io.fyercache.jcache;

import org.jspecify.annotations.NullMarked;
