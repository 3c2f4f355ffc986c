/**
 * Topics of a cluster, by which processes tell each other what they have changed (A1 to A4 of the protocol): who listens, and what is on its way to whom. On both sides: the
 * lines of a process, and the relay of a topic, which the primary of a partition is. It must not know what the messages say, nor threads.
 */
@NullMarked
package io.fyercache.sharded.bus;

import org.jspecify.annotations.NullMarked;
