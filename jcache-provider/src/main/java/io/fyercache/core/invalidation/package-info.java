/**
 * What processes tell each other when keys have changed, and what each of them makes of it: messages and their binary form, what waits to be told, and
 * whether anything was missed. Pure: time is an argument, and nothing here sees a bus, a thread or a cache.
 */
@NullMarked
package io.fyercache.core.invalidation;

import org.jspecify.annotations.NullMarked;
