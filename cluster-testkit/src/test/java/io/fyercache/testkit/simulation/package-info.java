/**
 * The replication protocol under faults, in virtual time: everything runs on one thread and is drawn from one seed, so that a run that
 * fails fails again. One partition, with a controller that is always right and has bad ideas.
 */
@NullMarked
package io.fyercache.testkit.simulation;

import org.jspecify.annotations.NullMarked;
