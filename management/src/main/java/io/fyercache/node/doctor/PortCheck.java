package io.fyercache.node.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Whether it can be listened at an address.
 *
 * @param setting that names it
 */
record PortCheck(String setting, InetSocketAddress address) implements Check {

    @Override
    public Finding examine() {
        String place = address.getHostString() + ":" + address.getPort();
        try (ServerSocket socket = new ServerSocket()) {
            // As the process does: connections of an earlier one that end do not matter.
            socket.setReuseAddress(true);
            socket.bind(address);
            return Finding.good(setting, place + " can be listened at");
        } catch (IOException e) {
            return Finding.fault(
                    setting,
                    place + " cannot be listened at: " + e.getMessage()
                            + " (expected: an address of this machine, and a port that is free)",
                    "if the process runs already, nothing; else see who has the port: ss -ltnp");
        }
    }
}
