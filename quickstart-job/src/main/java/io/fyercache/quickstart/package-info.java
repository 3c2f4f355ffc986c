/**
 * The README's first command: a JCache in front of a database that holds one row per class of the running JDK, under
 * the JDK's own class references.
 *
 * <p>It exists to show a newcomer, on real input, what the cache does and that it keeps its promises; each promise is
 * a check that can fail. It uses the cache as any application would: through {@code javax.cache}, save for the one
 * method that sets the bound. It must not know how the cache or the loaders work inside.
 */
@NullMarked
package io.fyercache.quickstart;

import org.jspecify.annotations.NullMarked;
