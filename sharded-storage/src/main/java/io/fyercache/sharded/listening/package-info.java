/**
 * The way of changes from the primaries of partitions to the processes that listen: in their order, within bounds, again until they are heard.
 * It must not know how a change is decided, nor what a listener does; no socket, no thread, no clock: time is an argument, and messages are
 * handed to a host.
 */
@NullMarked
package io.fyercache.sharded.listening;

import org.jspecify.annotations.NullMarked;
