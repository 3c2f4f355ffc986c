package io.fyercache.zookeeper;

import io.fyercache.configuration.Topology;
import io.fyercache.sharded.controller.ControllerSettings;
import io.fyercache.sharded.engine.CallTerms;
import io.fyercache.sharded.member.MemberSettings;
import io.fyercache.sharded.node.MemberNodeSettings;
import io.fyercache.sharded.node.NodeConnections;
import io.fyercache.sharded.placement.Redundancy;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.netty.Secret;
import io.fyercache.sharded.transport.netty.TransportSecurity;
import io.fyercache.sharded.transport.netty.TransportSecurity.Exposure;
import io.fyercache.zookeeper.UriSettings.Setting;
import io.fyercache.zookeeper.ZooKeeperTls.Store;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * What the URI of a cluster says: {@code zk://host:port[,host:port]/cluster?setting=value&...}, or {@code zk://embedded/cluster} for a
 * cluster of one process that has a ZooKeeper of its own. It is accepted as a whole, or refused with all of its faults. {@code docs/configuration.md} lists the settings.
 */
final class ClusterUri {
    /** Stands for a ZooKeeper in this process. */
    private static final String EMBEDDED = "embedded";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_PORT = 65_535;

    private final URI uri;
    private final UriSettings settings;

    /** What a process is in its cluster. */
    enum Role {
        /** It stores data. */
        MEMBER,
        /** It uses caches. */
        CLIENT
    }

    private ClusterUri(URI uri) {
        this.uri = uri;
        this.settings = new UriSettings(uri.getRawQuery());
    }

    /**
     * Reads a URI, and the files that it names.
     *
     * @throws CacheException if it has faults; lists all of them
     */
    static ClusterAccess read(URI uri) {
        return new ClusterUri(uri).read();
    }

    private ClusterAccess read() {
        String authority = uri.getRawAuthority();
        String chroot = uri.getRawPath();
        if (authority == null || chroot == null || chroot.length() < 2) {
            settings.fault("no place (expected: zk://host:port[,host:port]/cluster, or zk://" + EMBEDDED + "/cluster)");
            throw refused();
        }
        String servers = authority.equals(EMBEDDED) ? null : authority.replace(';', ',');
        Role role = role();
        InetSocketAddress bind = bind();
        String advertised = advertised(bind);
        String name = settings.text(
                Setting.NAME, advertised + "-" + ProcessHandle.current().pid());
        Function<String, ZooKeeperSettings> zooKeeper = zooKeeper(chroot);
        NodeConnections connections = new NodeConnections(
                security(role, bind, advertised),
                settings.duration(
                        Setting.CONNECT_TIMEOUT,
                        ClusterTls.isWanted(settings)
                                ? ClusterTls.CONNECT_TIMEOUT
                                : Duration.ofNanos(Transport.CONNECT_NANOS)));
        MemberNodeSettings member = member(name, bind, advertised, connections);
        CallTerms terms = terms();
        Topology topology = topology();
        // Those of an embedded one are not known yet, and what is wrong otherwise is wrong with any.
        Object checked = settings.checked(() -> zooKeeper.apply(servers == null ? LOOPBACK + ":" + MAX_PORT : servers));
        if (settings.hasFaults() || member == null || terms == null || checked == null) {
            throw refused();
        }
        return new ClusterAccess(role, member, terms, topology, zooKeeper, servers);
    }

    private CacheException refused() {
        return settings.refused(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath());
    }

    // ---- what they make

    private Role role() {
        return choice(Setting.ROLE, List.of(Role.MEMBER, Role.CLIENT));
    }

    private Topology topology() {
        return choice(Setting.TOPOLOGY, List.of(Topology.PARTITIONED, Topology.REPLICATED));
    }

    /** Returns what is chosen, the first if nothing is. */
    private <E extends Enum<E>> E choice(Setting setting, List<E> choices) {
        String text = settings.text(setting);
        for (E choice : choices) {
            if (text == null || word(choice).equals(text)) {
                return choice;
            }
        }
        settings.fault(setting.key() + ": " + text + " (expected: "
                + choices.stream().map(ClusterUri::word).collect(Collectors.joining(" or ")) + ")");
        return choices.get(0);
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    // A process listens at one address; whoever means another one than a name's first says which.
    @SuppressWarnings("AddressSelection")
    private InetSocketAddress bind() {
        String text = settings.text(Setting.BIND, LOOPBACK + ":0");
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            String host = text.substring(0, Math.max(0, colon));
            if (host.isEmpty() || port < 0 || port > MAX_PORT) {
                throw new NumberFormatException(text);
            }
            // Whoever asks for a name here asks for one of this machine, so nobody waits.
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                settings.fault(
                        "bind: " + text + " (expected: a host that can be looked up, or an address of this machine)");
            }
            return address;
        } catch (NumberFormatException e) {
            settings.fault("bind: " + text + " (expected: host:port, such as 10.0.0.7:7000; port 0 is any)");
            return new InetSocketAddress(LOOPBACK, 0);
        }
    }

    private String advertised(InetSocketAddress bind) {
        String host = settings.text(Setting.ADVERTISE);
        if (host != null) {
            return host;
        } else if (bind.getAddress() != null && bind.getAddress().isAnyLocalAddress()) {
            settings.fault("advertise: not set, while bind is " + bind.getHostString()
                    + " (expected: the host at which other processes reach this one)");
        }
        return bind.getHostString();
    }

    private TransportSecurity security(Role role, InetSocketAddress bind, String advertised) {
        boolean secret = settings.text(Setting.SECRET_FILE) != null;
        boolean tls = ClusterTls.isWanted(settings);
        TransportSecurity security = null;
        if (!secret && settings.text(Setting.ACCEPTED_SECRET_FILE) != null) {
            settings.fault(Setting.ACCEPTED_SECRET_FILE.key()
                    + ": without secretFile (expected: with the file of the secret that"
                    + " this process shows); it is for a cluster that changes its secret");
        }
        if (secret && tls) {
            settings.fault(
                    "secretFile: set, and tls settings, too (expected: one or the other); with TLS the certificates say who"
                            + " belongs to the cluster");
        } else if (secret) {
            security = sharedSecret();
        } else if (tls) {
            security = ClusterTls.read(settings, role == Role.MEMBER ? advertised : null);
        } else if (role == Role.MEMBER
                && !bind.isUnresolved()
                && !bind.getAddress().isLoopbackAddress()) {
            settings.fault("bind: " + settings.text(Setting.BIND)
                    + " with no security (expected: a loopback address, or secretFile, or the tls settings); whoever reaches that"
                    + " address could read and change everything");
        }
        return security == null ? new TransportSecurity.None(Exposure.LOOPBACK_ONLY) : security;
    }

    private @Nullable TransportSecurity sharedSecret() {
        Secret shown = secret(Setting.SECRET_FILE);
        Optional<Secret> accepted = Optional.ofNullable(secret(Setting.ACCEPTED_SECRET_FILE));
        return shown == null ? null : new TransportSecurity.SharedSecret(shown, accepted);
    }

    private @Nullable Secret secret(Setting file) {
        byte[] secret = settings.bytes(file);
        return secret == null
                ? null
                : settings.checked(() -> {
                    try {
                        return new Secret(secret);
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException(file.key() + ": " + e.getMessage(), e);
                    } finally {
                        Arrays.fill(secret, (byte) 0);
                    }
                });
    }

    private @Nullable MemberNodeSettings member(
            String name, InetSocketAddress bind, String advertised, NodeConnections connections) {
        int partitions = settings.number(Setting.PARTITIONS, PartitionLayout.STANDARD.spread());
        int backups = settings.number(Setting.BACKUPS, 1);
        Duration leaveLimit = settings.duration(Setting.LEAVE_LIMIT, MemberNodeSettings.DEFAULT_LEAVE);
        return settings.checked(() -> {
            ControllerSettings standard = ControllerSettings.STANDARD;
            MemberSettings common = MemberSettings.STANDARD;
            return new MemberNodeSettings(
                    name,
                    new Location(advertised, settings.text(Setting.ZONE, Location.NO_ZONE)),
                    bind,
                    advertised,
                    MemberDescription.DEFAULT_CAPACITY,
                    connections,
                    leaveLimit,
                    new MemberSettings(
                            common.protocolTimes(),
                            common.hearingTimes(),
                            new ControllerSettings(
                                    PartitionLayout.with(partitions),
                                    Redundancy.backups(backups),
                                    standard.settleNanos(),
                                    standard.joinsPerMember(),
                                    standard.lossPolicies()),
                            common.replicationLimits(),
                            common.rules()));
        });
    }

    private Function<String, ZooKeeperSettings> zooKeeper(String chroot) {
        Duration session = settings.duration(Setting.SESSION_TIMEOUT, ZooKeeperSettings.DEFAULT_SESSION_TIMEOUT);
        Duration join = settings.duration(Setting.JOIN_TIMEOUT, ZooKeeperSettings.DEFAULT_JOIN_TIMEOUT);
        DigestCredentials user = user();
        ZooKeeperTls tls = tls();
        return servers -> {
            ZooKeeperSettings place = ZooKeeperSettings.of(servers, chroot).within(session, join);
            ZooKeeperSettings ofUser = user == null ? place : place.with(user);
            return tls == null ? ofUser : ofUser.with(tls);
        };
    }

    private @Nullable ZooKeeperTls tls() {
        Store authorities = store(Setting.TRUST_STORE, Setting.TRUST_PASSWORD_FILE);
        Store own = store(Setting.KEY_STORE, Setting.KEY_PASSWORD_FILE);
        if (own != null && authorities == null) {
            settings.fault(Setting.KEY_STORE.key() + ": without " + Setting.TRUST_STORE.key()
                    + " (expected: with the store of" + " those whose servers are believed)");
        }
        return authorities == null ? null : new ZooKeeperTls(authorities, own);
    }

    private @Nullable Store store(Setting store, Setting passwordFile) {
        String file = settings.text(store);
        String password = settings.text(passwordFile);
        if (file == null && password == null) {
            return null;
        } else if (file == null || password == null) {
            settings.fault(store.key() + " and " + passwordFile.key() + ": one without the other (expected: both)");
            return null;
        }
        return settings.checked(() -> new Store(Path.of(file), Path.of(password)));
    }

    private @Nullable DigestCredentials user() {
        byte[] bytes = settings.bytes(Setting.USER_FILE);
        if (bytes == null) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        int colon = text.indexOf(':');
        if (colon < 0) {
            settings.fault("userFile: " + settings.text(Setting.USER_FILE) + " has no colon (expected: user:password)");
            return null;
        }
        return settings.checked(() -> new DigestCredentials(text.substring(0, colon), text.substring(colon + 1)));
    }

    private @Nullable CallTerms terms() {
        int minInSync = settings.number(Setting.MIN_IN_SYNC, CallTerms.STANDARD.minInSync());
        Duration patience = settings.duration(Setting.PATIENCE, CallTerms.STANDARD.patience());
        return settings.checked(() -> new CallTerms(minInSync, patience));
    }
}
