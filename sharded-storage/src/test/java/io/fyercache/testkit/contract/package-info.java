/**
 * What any implementation of a port must do, as tests against a small fixture: one that runs in virtual time, or one with real servers and
 * connections that are really cut. It must not know which. It lies beside the ports, below everyone who implements one, and other modules get
 * it as the test jar of this one.
 */
@NullMarked
package io.fyercache.testkit.contract;

import org.jspecify.annotations.NullMarked;
