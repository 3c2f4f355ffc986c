/**
 * The seam under the API: a {@link io.fyercache.core.engine.CacheEngine} runs operations on the entries of one cache, here in this
 * JVM, elsewhere on a cluster. Knows no {@code javax.cache} type; what user code there is reaches it through ports.
 */
@NullMarked
package io.fyercache.core.engine;

import org.jspecify.annotations.NullMarked;
