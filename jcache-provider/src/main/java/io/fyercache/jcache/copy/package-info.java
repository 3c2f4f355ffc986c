/**
 * Store by value and store by reference (JSR-107 chapter 4): how a user's keys and values become what the engine keeps, and back.
 * Knows nothing of operations, listeners or configuration.
 */
@NullMarked
package io.fyercache.jcache.copy;

import org.jspecify.annotations.NullMarked;
