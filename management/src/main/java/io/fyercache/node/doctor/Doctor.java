package io.fyercache.node.doctor;

import io.fyercache.configuration.ConfigurationFile;
import io.fyercache.core.time.SystemClock;
import io.fyercache.management.certificate.CertificateChain;
import io.fyercache.management.certificate.PemStore;
import io.fyercache.management.certificate.TlsFiles;
import io.fyercache.zookeeper.ClusterPlace;
import io.fyercache.zookeeper.PlaceLook;
import io.fyercache.zookeeper.PlaceTls;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.cache.CacheException;

/**
 * Finds out what would keep a process from running, or from running well, as the process itself would be told: by the same configuration, on the machine and
 * as the user that it is to run as.
 *
 * @param source a configuration file or a cluster, as a cache manager takes it
 * @param http where the process is asked
 * @param tls by what it shows who it is when it is asked
 */
public record Doctor(URI source, InetSocketAddress http, Optional<Path> tokenFile, Optional<TlsFiles> tls) {
    private static final String CLUSTER_SCHEME = "zk";

    /**
     * Looks at everything. What cannot be looked at, since something before it has a fault, is left out. Takes as long as {@code joinTimeout} if ZooKeeper does
     * not answer.
     *
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    public List<Finding> examine() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Optional<ClusterPlace> place;
        try {
            place = cluster().map(ClusterPlace::of);
            findings.add(Finding.good(
                    "configuration",
                    place.isPresent() ? "it is understood" : "it is understood, and names no cluster"));
        } catch (CacheException e) {
            place = Optional.empty();
            findings.add(Finding.fault("configuration", String.valueOf(e.getMessage()), "mend what is named"));
        }
        List<Check> checks = new ArrayList<>();
        checks.add(new PortCheck("--http", http));
        tokenFile.ifPresent(file -> checks.add(new TokenFileCheck(file)));
        tls.ifPresent(files -> addChecks(files, checks));
        if (place.isPresent()) {
            addChecks(place.get(), checks);
        }
        checks.forEach(check -> findings.add(check.examine()));
        return findings;
    }

    private Optional<URI> cluster() {
        return CLUSTER_SCHEME.equals(source.getScheme())
                ? Optional.of(source)
                : ConfigurationFile.read(source, Doctor.class.getClassLoader()).cluster();
    }

    private static void addChecks(TlsFiles files, List<Check> checks) {
        // Whom callers believe is their own affair.
        checks.add(new CertificateCheck(
                "--tls-certificate", () -> PemStore.read(files).chain(), List::of, now()));
        checks.add(new SecretFileCheck("--tls-key", files.key()));
        files.keyPassword().ifPresent(file -> checks.add(new SecretFileCheck("--tls-key-password-file", file)));
    }

    static Check check(PlaceTls tls) {
        if (tls instanceof PlaceTls.PemFiles pem) {
            TlsFiles files = new TlsFiles(pem.certificates(), pem.key(), pem.keyPassword());
            return new CertificateCheck(
                    "tlsCertificateFile",
                    () -> PemStore.read(files).chain(),
                    () -> PemStore.authorities(pem.authorities()),
                    now());
        }
        PlaceTls.Stores stores = (PlaceTls.Stores) tls;
        return new CertificateCheck(
                "tlsKeyStore",
                () -> CertificateChain.of(stores.own()),
                () -> CertificateChain.authorities(stores.believed()),
                now());
    }

    private static Instant now() {
        return Instant.ofEpochMilli(SystemClock.INSTANCE.millis());
    }

    private static void addChecks(ClusterPlace place, List<Check> checks) throws InterruptedException {
        place.bind().ifPresent(bind -> checks.add(new PortCheck("bind", bind)));
        place.secretFiles().forEach((setting, file) -> checks.add(new SecretFileCheck(setting, file)));
        Path accepted = place.secretFiles().get(AcceptedSecretCheck.SETTING);
        if (accepted != null) {
            checks.add(new AcceptedSecretCheck(accepted));
        }
        place.tls().ifPresent(each -> checks.add(check(each)));
        checks.add(new StrangersCheck(place));
        place.ask().forEach(answer -> checks.add(new ServerCheck(answer)));
        Optional<PlaceLook> look = place.look();
        look.ifPresent(seen -> checks.add(new AccessListCheck(seen)));
        look.flatMap(PlaceLook::clockAhead).ifPresent(ahead -> checks.add(new ClockCheck(ahead)));
    }
}
