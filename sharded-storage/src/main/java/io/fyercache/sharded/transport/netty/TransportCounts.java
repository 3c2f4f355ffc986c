package io.fyercache.sharded.transport.netty;

/**
 * What has gone over a transport's connections since it was started.
 *
 * @param received messages that were read
 * @param sent messages that were handed to sockets
 * @param flushes how often sockets were asked to send: once for all that one turn of the thread has for a peer
 */
public record TransportCounts(long received, long sent, long flushes) {}
