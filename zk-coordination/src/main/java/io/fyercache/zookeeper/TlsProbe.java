package io.fyercache.zookeeper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why no server has answered, where that is for TLS: ZooKeeper's client tries again and tells nobody why. It begins a connection with
 * each server as the client does, once. It blocks.
 */
final class TlsProbe {
    /** Milliseconds for each step: there is no hurry, and nobody waits for it but a process that has given up. */
    private static final int TIMEOUT_MILLIS = 2_000;

    private final List<String> servers;
    private final ZooKeeperTls tls;

    TlsProbe(String servers, ZooKeeperTls tls) {
        this.servers = List.of(servers.split(",", -1));
        this.tls = tls;
    }

    /** Returns what fails with which server, or null if TLS fails with none. */
    @Nullable
    String findFailures() {
        List<String> failures = new ArrayList<>();
        for (String server : servers) {
            String failure = tryOnce(server);
            if (failure != null) {
                failures.add(server + ": " + failure);
            }
        }
        return failures.isEmpty() ? null : String.join("; ", failures);
    }

    private @Nullable String tryOnce(String server) {
        int colon = server.lastIndexOf(':');
        String host = server.substring(0, colon);
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1)));
        try (Socket plain = new Socket()) {
            plain.connect(address, TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            shakeHands(plain, host, address.getPort());
            return null;
        } catch (SSLException | GeneralSecurityException e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            return null; // It cannot be reached at all, which is not for TLS.
        }
    }

    private void shakeHands(Socket plain, String host, int port) throws IOException, GeneralSecurityException {
        try (SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            // A server that does not believe this side says so afterwards; one that does waits to be asked something.
            int unused = socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            return;
        }
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(tls.authorities().load());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(), trusted.getTrustManagers(), null);
        return context;
    }

    private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
        ZooKeeperTls.Store own = tls.own();
        if (own == null) {
            return null;
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own.load(), own.password());
        return keys.getKeyManagers();
    }
}
