/**
 * Bringing missing values: the calls of a loader, how many run at once, how long they take, and what is done when they fail. Which
 * thread loads which key is decided by holding the key, in the engine above.
 */
@NullMarked
package io.fyercache.core.load;

import org.jspecify.annotations.NullMarked;
