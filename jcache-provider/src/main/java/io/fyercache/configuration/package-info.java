/**
 * The settings that users type, in code or in a file: what each one is called, what it may be, what it is when left out.
 *
 * <p>Every setting is defined once, in {@code CacheSettings}; builder, file reader, JSON Schema and documentation are held against that
 * catalog. A configuration is checked as a whole, and all of its faults are reported at once.
 *
 * <p>This package must not know how a setting is carried out: it imports no caches, and of engines nothing but the form in which definitions
 * travel between processes.
 */
@NullMarked
package io.fyercache.configuration;

import org.jspecify.annotations.NullMarked;
