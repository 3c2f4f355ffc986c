package io.fyercache.sharded.topology;

/**
 * Where a member is reached for data. Text only: nothing here resolves a name.
 *
 * @param host a name or address, 1..{@value Location#MAX_NAME_LENGTH} printable characters
 * @param port 1..{@value #MAX_PORT}
 */
public record DataAddress(String host, int port) {
    /** The greatest port of TCP. */
    public static final int MAX_PORT = 65_535;

    /** Checks host and port. */
    public DataAddress {
        Expected.text("data host", host, 1, Location.MAX_NAME_LENGTH);
        Expected.inRange("data port", port, 1, MAX_PORT);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
