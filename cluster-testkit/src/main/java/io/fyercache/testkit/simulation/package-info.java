/**
 * Clusters in virtual time: everything runs on one thread and is drawn from one seed, so that a run that fails fails again. Applications are
 * tested with {@link io.fyercache.testkit.simulation.SimulatedCluster}; the rest is its engine room, in which the cluster itself is tested,
 * too, by worlds of random clients and faults.
 *
 * <pre>{@code
 * try (SimulatedCluster cluster = SimulatedCluster.ofSeed(42).start()) {
 *     Cache<String, Order> orders = cluster.cacheManager().createCache("orders", configuration);
 *     orders.put("o1", order);
 *     cluster.kill(cluster.primaryOf("o1"));
 *     assertEquals(order, orders.get("o1"));
 * }
 * }</pre>
 */
@NullMarked
package io.fyercache.testkit.simulation;

import org.jspecify.annotations.NullMarked;
