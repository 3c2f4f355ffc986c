/**
 * Time as ports: the only package that reads the machine's clocks, so that everything above it can be driven by a clock that a test
 * or a simulation turns by hand. It knows nothing of caches.
 */
@NullMarked
package io.fyercache.core.time;

import org.jspecify.annotations.NullMarked;
