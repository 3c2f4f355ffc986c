package io.fyercache.zookeeper;

import io.fyercache.zookeeper.ClusterUri.Role;
import io.fyercache.zookeeper.UriSettings.Setting;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.cache.CacheException;

/**
 * The place that the URI of a cluster names, for who wants to find out what is wrong with it before a process joins there. Nothing is joined, and nothing
 * stays. Thread-safe; what asks servers blocks.
 */
public final class ClusterPlace {
    private static final List<Setting> SECRETS = List.of(
            Setting.SECRET_FILE,
            Setting.ACCEPTED_SECRET_FILE,
            Setting.USER_FILE,
            Setting.TLS_KEY_FILE,
            Setting.TLS_KEY_STORE,
            Setting.TLS_KEY_PASSWORD_FILE,
            Setting.KEY_STORE,
            Setting.KEY_PASSWORD_FILE);

    private final ClusterAccess access;
    private final Map<String, Path> secretFiles = new TreeMap<>();
    private final Optional<PlaceTls> tls;

    private ClusterPlace(URI uri) {
        this.access = ClusterUri.read(uri);
        UriSettings settings = new UriSettings(uri.getRawQuery());
        for (Setting secret : SECRETS) {
            String file = settings.text(secret);
            if (file != null) {
                secretFiles.put(secret.key(), Path.of(file));
            }
        }
        this.tls = ClusterTls.look(settings);
    }

    /**
     * Reads a URI, and the files that it names.
     *
     * @throws CacheException if it has faults; lists all of them
     */
    public static ClusterPlace of(URI uri) {
        return new ClusterPlace(uri);
    }

    /** Returns where a member listens; empty for a client. */
    public Optional<InetSocketAddress> bind() {
        return access.role() == Role.MEMBER ? Optional.of(access.member().bind()) : Optional.empty();
    }

    /** Returns the files that nobody but the process's user should read, by the names of their settings. */
    public Map<String, Path> secretFiles() {
        return Map.copyOf(secretFiles);
    }

    /** Returns by what processes there show each other who they are; empty if they do not by TLS. */
    public Optional<PlaceTls> tls() {
        return tls;
    }

    /** Returns the servers of the ensemble, {@code host:port}; none if the process has a server of its own. */
    public List<String> servers() {
        String servers = access.servers();
        return servers == null ? List.of() : List.of(servers.split(",", -1));
    }

    /** Asks each server, one after the other, who it is. Takes some seconds for each that does not answer. */
    public List<ServerAnswer> ask() {
        boolean tls = settings().filter(each -> each.tls() != null).isPresent();
        return servers().stream().map(server -> ServerAnswer.of(server, tls)).toList();
    }

    /**
     * Looks at what is there, as a process of the cluster would. Takes as long as the URI's {@code joinTimeout} if no server answers. Empty if the process
     * has a server of its own.
     *
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    public Optional<PlaceLook> look() throws InterruptedException {
        Optional<ZooKeeperSettings> settings = settings();
        return settings.isPresent() ? Optional.of(new PlaceProbe(settings.get()).look()) : Optional.empty();
    }

    private Optional<ZooKeeperSettings> settings() {
        return Optional.ofNullable(access.servers()).map(access.zooKeeper());
    }
}
