package io.fyercache.management.http;

import io.fyercache.management.certificate.PemStore;
import io.fyercache.management.certificate.TlsFiles;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The certificate that a server shows, read again whenever its files have changed. What cannot be used, as when one of the files is not written yet, is passed
 * over, and the one before stays. Connections that there are go on by the one that they began with.
 *
 * <p>Its thread ends with it. Thread-safe.
 */
final class RenewedCertificate implements AutoCloseable {
    /** Seconds between two looks at the files, 5: what renews certificates does so days before they expire. */
    private static final long PERIOD_SECONDS = 5;

    private static final Logger LOGGER = System.getLogger(RenewedCertificate.class.getName());

    private final TlsFiles files;
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private final ScheduledExecutorService thread;

    /** Used by one thread. */
    private PemStore shown;

    /** What was wrong at the last look, so that it is said once; empty if nothing was. Used by one thread. */
    private String lastFault = "";

    /**
     * Shows what is in the files.
     *
     * @throws IllegalArgumentException if that cannot be used
     */
    RenewedCertificate(TlsFiles files) {
        this.files = files;
        this.shown = PemStore.read(files);
        context.setKeyStore(shown.toKeyStore());
        context.setKeyStorePassword(PemStore.PASSWORD);
        context.setIncludeProtocols("TLSv1.3");
        thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "fyercache-certificate");
            made.setDaemon(true);
            return made;
        });
        // Whatever goes wrong is told by it, or ends it.
        var unused = thread.scheduleWithFixedDelay(this::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns what Jetty makes connections of. */
    SslContextFactory.Server context() {
        return context;
    }

    private void look() {
        try {
            PemStore now = PemStore.read(files);
            if (!now.isSameAs(shown)) {
                context.reload(same -> context.setKeyStore(now.toKeyStore()));
                shown = now;
                LOGGER.log(
                        Level.INFO,
                        "the certificate in {0} is another one, and shown from now on",
                        files.certificates());
            }
            lastFault = "";
        } catch (Exception e) { // Jetty says nothing more of what reload throws.
            String fault = String.valueOf(e.getMessage());
            if (!fault.equals(lastFault)) {
                LOGGER.log(Level.WARNING, "the certificate stays as it was: " + fault, e);
            }
            lastFault = fault;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
