/**
 * Loaders and writers (JSR-107 chapter 7) as the engine's ports, and the user objects of a cache that are closed with it. Knows neither
 * when something is loaded nor what is kept.
 */
@NullMarked
package io.fyercache.jcache.integration;

import org.jspecify.annotations.NullMarked;
