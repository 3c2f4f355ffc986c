/**
 * Listeners to entries (JSR-107 chapter 8): who is told what, in which order, and on which thread. Knows the changes that an engine
 * publishes, and nothing of how they came about.
 */
@NullMarked
package io.fyercache.jcache.event;

import org.jspecify.annotations.NullMarked;
