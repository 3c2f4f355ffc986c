/**
 * A network in virtual time: connections that break, stall and are made again, and messages in their binary form that are late and overtake
 * each other. It must not know what the messages are for.
 */
@NullMarked
package io.fyercache.testkit.transport;

import org.jspecify.annotations.NullMarked;
