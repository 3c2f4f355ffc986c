/**
 * Tells whether what threads saw of a cache can be explained by each operation happening at one instant: histories of
 * operations, a recorder for them, and a checker of linearizability.
 *
 * <p>A test hands each of its threads a view of the cache from {@link io.fyercache.testkit.history.HistoryRecorder}, lets
 * them work while it breaks things, and asks {@link io.fyercache.testkit.history.LinearizabilityChecker} for the verdict.
 * {@link io.fyercache.testkit.history.HistoryFile} keeps a history for later,
 * {@link io.fyercache.testkit.history.CheckHistory} checks such a file from the command line.
 *
 * <p>It knows {@code javax.cache}, to record any provider; it must not know one, ours included: a judge that shares code
 * with the accused shares its mistakes. JSR-107's tables stand here a second time for that reason, in
 * {@link io.fyercache.testkit.history.Transition}. It reads no clock of its own.
 */
@NullMarked
package io.fyercache.testkit.history;

import org.jspecify.annotations.NullMarked;
