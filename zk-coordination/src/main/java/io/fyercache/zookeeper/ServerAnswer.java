package io.fyercache.zookeeper;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server of ZooKeeper says of itself.
 *
 * @param server {@code host:port}
 * @param failure why it cannot be reached; empty if it can
 * @param version such as 3.9.5; empty if it does not say, as by TLS
 * @param serving whether it is one of an ensemble that has a leader; true if it does not say
 */
public record ServerAnswer(String server, Optional<String> failure, Optional<String> version, boolean serving) {
    /** Milliseconds for each step: a server of the same network answers within a few. */
    private static final int TIMEOUT_MILLIS = 2_000;

    /** Bytes of the longest answer, which has a dozen lines. */
    private static final int MAX_BYTES = 4 << 10;

    private static final Pattern VERSION = Pattern.compile("Zookeeper version: (\\d+\\.\\d+\\.\\d+)");

    /** Asks a server by the one command that cannot be switched off; behind TLS sees whether it is there. */
    // Whoever names a host of an ensemble means its first address.
    @SuppressWarnings("AddressSelection")
    static ServerAnswer of(String server, boolean tls) {
        int colon = server.lastIndexOf(':');
        InetSocketAddress address =
                new InetSocketAddress(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
        if (address.isUnresolved()) {
            return unreachable(server, "the host cannot be looked up");
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return tls ? new ServerAnswer(server, Optional.empty(), Optional.empty(), true) : said(server, ask(socket));
        } catch (IOException e) {
            return unreachable(server, e.toString());
        }
    }

    private static ServerAnswer unreachable(String server, String why) {
        return new ServerAnswer(server, Optional.of(why), Optional.empty(), false);
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII);
    }

    private static ServerAnswer said(String server, String text) {
        Matcher version = VERSION.matcher(text);
        return new ServerAnswer(
                server,
                Optional.empty(),
                version.find() ? Optional.of(version.group(1)) : Optional.empty(),
                text.contains("Mode: "));
    }
}
