/**
 * The transport port on TCP: frames, who may connect, TLS, bounds, and which connection two peers keep. The one package that knows Netty. It
 * must not know what messages say, and reads none from a peer that has not proved who it is.
 */
@NullMarked
package io.fyercache.sharded.transport.netty;

import org.jspecify.annotations.NullMarked;
