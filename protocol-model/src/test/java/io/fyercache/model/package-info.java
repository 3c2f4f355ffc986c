/**
 * Runs the model checker TLC on the model of the replication protocol, {@code docs/model}, and holds each run to what
 * its file says must come of it. A run without an error proves little by itself: it may have visited nothing, or not
 * have finished, and a rule that can be switched off without an error is not needed or not modelled.
 *
 * <p>Knows nothing of the protocol and imports nothing of FyerCache: the model is a contract that the code is built to.
 */
@NullMarked
package io.fyercache.model;

import org.jspecify.annotations.NullMarked;
