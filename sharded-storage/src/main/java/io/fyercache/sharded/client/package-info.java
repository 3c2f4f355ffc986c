/**
 * A client's part in the cluster: it brings operations to the primaries of their partitions, again and again until one answers, and brings
 * the answers back. It must not know what an operation does, nor sockets, threads, clocks and chance: it is told the time and the messages,
 * and asks its host for the rest.
 */
@NullMarked
package io.fyercache.sharded.client;

import org.jspecify.annotations.NullMarked;
