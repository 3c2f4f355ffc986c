package io.fyercache.jdbc.datasource;

/**
 * What a pool has at a moment; all zero but the last while nobody has needed a connection.
 *
 * @param active connections in use
 * @param idle connections that wait to be used
 * @param waiting threads that wait for a connection
 * @param maximum the most connections at present
 */
public record PoolFigures(int active, int idle, int waiting, int maximum) {}
