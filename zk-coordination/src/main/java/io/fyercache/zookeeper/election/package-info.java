/**
 * Who controls the table, and who stands in the queue for it. The queue says whose turn it is and no more: who controls the table is decided
 * by the version of a znode alone. It must not know the table.
 */
@NullMarked
package io.fyercache.zookeeper.election;

import org.jspecify.annotations.NullMarked;
