/**
 * What any implementation of a port must do, as tests against a small fixture: one that runs in virtual time, or one with real servers and
 * connections that are really cut. It must not know which.
 */
@NullMarked
package io.fyercache.testkit.contract;

import org.jspecify.annotations.NullMarked;
