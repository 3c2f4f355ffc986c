/**
 * Who decides about the partition table, and what: who is taken for dead (T1, T2), who controls (T8), and which step each record takes next
 * (T3, T6, J1 to J5, L2). Like {@code replication} it is told messages and the time, and hands what it wants done to a host.
 */
@NullMarked
package io.fyercache.sharded.controller;

import org.jspecify.annotations.NullMarked;
