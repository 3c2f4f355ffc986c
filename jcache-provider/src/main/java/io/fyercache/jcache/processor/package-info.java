/**
 * Entry processors (JSR-107 chapter 9): user code on one entry, run by the engine with the key held. Knows the engine's view of that
 * entry, and nothing of what becomes of the changes it asks for.
 */
@NullMarked
package io.fyercache.jcache.processor;

import org.jspecify.annotations.NullMarked;
