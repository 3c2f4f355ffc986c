/**
 * What an entry is: a value that may have a deadline, and the one place where it is decided who may change it. Knows neither the map
 * that it is kept in, nor the operations that are run on it, nor JSR-107.
 */
@NullMarked
package io.fyercache.core.entry;

import org.jspecify.annotations.NullMarked;
