package io.fyercache.testkit.port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that bind them later, and again after a restart: from below the range that systems give to outgoing connections, since any
 * of these could take one meanwhile, and a server of an ensemble that cannot bind its port ends the JVM.
 */
public final class ServerPorts {
    private static final int FIRST = 12_000;

    /** Ports end below 32,768, where Linux begins to give them out. */
    private static final int COUNT = 20_000;

    /** Each JVM begins elsewhere, as builds may run side by side. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 101 % COUNT));

    private ServerPorts() {}

    /** Returns a port of the loopback address that is free now, and that no other call in this JVM has returned lately. */
    public static int next() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + NEXT.getAndIncrement() % COUNT;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("ports " + FIRST + ".." + (FIRST + COUNT - 1) + ": none is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
