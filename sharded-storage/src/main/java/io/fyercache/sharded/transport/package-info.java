/**
 * Delivering messages between members, and between clients and members, as a port. It must not know what the messages say, but for
 * whose they are to send: framing, addresses and who may connect is an implementation's business, what becomes of a message its receiver's.
 */
@NullMarked
package io.fyercache.sharded.transport;

import org.jspecify.annotations.NullMarked;
