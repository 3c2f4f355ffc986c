/**
 * What JSR-107 says an operation does to an entry, as values: {@link io.fyercache.core.operation.EntryOperation what is asked} goes
 * in, {@link io.fyercache.core.operation.Decision what is to happen} comes out. Pure: no map, no lock, no thread, no clock, so that
 * the local engine and a replicated partition decide alike because they run the same code.
 */
@NullMarked
package io.fyercache.core.operation;

import org.jspecify.annotations.NullMarked;
