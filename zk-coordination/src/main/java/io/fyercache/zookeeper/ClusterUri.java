package io.fyercache.zookeeper;

import io.fyercache.configuration.DurationText;
import io.fyercache.configuration.NearestName;
import io.fyercache.sharded.controller.ControllerSettings;
import io.fyercache.sharded.engine.CallTerms;
import io.fyercache.sharded.member.MemberSettings;
import io.fyercache.sharded.node.MemberNodeSettings;
import io.fyercache.sharded.node.NodeConnections;
import io.fyercache.sharded.placement.Redundancy;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.netty.Secret;
import io.fyercache.sharded.transport.netty.TransportSecurity;
import io.fyercache.sharded.transport.netty.TransportSecurity.Exposure;
import io.fyercache.zookeeper.ZooKeeperTls.Store;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final Map<Setting, String> given = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    /** What a process is in its cluster. */
    enum Role {
        /** It stores data. */
        MEMBER,
        /** It uses caches. */
        CLIENT
    }

    /** What may be set. */
    enum Setting {
        ROLE("role"),
        NAME("name"),
        BIND("bind"),
        ADVERTISE("advertise"),
        ZONE("zone"),
        BACKUPS("backups"),
        PARTITIONS("partitions"),
        SECRET_FILE("secretFile"),
        USER_FILE("userFile"),
        TRUST_STORE("zooKeeperTrustStore"),
        TRUST_PASSWORD_FILE("zooKeeperTrustPasswordFile"),
        KEY_STORE("zooKeeperKeyStore"),
        KEY_PASSWORD_FILE("zooKeeperKeyPasswordFile"),
        SESSION_TIMEOUT("sessionTimeout"),
        JOIN_TIMEOUT("joinTimeout"),
        CONNECT_TIMEOUT("connectTimeout"),
        LEAVE_LIMIT("leaveLimit"),
        MIN_IN_SYNC("minInSync"),
        PATIENCE("patience");

        private final String key;

        Setting(String key) {
            this.key = key;
        }
    }

    private ClusterUri(URI uri) {
        this.uri = uri;
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
            faults.add("no place (expected: zk://host:port[,host:port]/cluster, or zk://" + EMBEDDED + "/cluster)");
            throw refused();
        }
        readSettings();
        String servers = authority.equals(EMBEDDED) ? null : authority.replace(';', ',');
        Role role = role();
        InetSocketAddress bind = bind();
        String advertised = advertised(bind);
        String name =
                text(Setting.NAME, advertised + "-" + ProcessHandle.current().pid());
        Function<String, ZooKeeperSettings> zooKeeper = zooKeeper(chroot);
        NodeConnections connections = connections();
        MemberNodeSettings member = member(name, bind, advertised, connections);
        CallTerms terms = terms();
        // Those of an embedded one are not known yet, and what is wrong otherwise is wrong with any.
        Object checked = checked(() -> zooKeeper.apply(servers == null ? LOOPBACK + ":" + MAX_PORT : servers));
        if (!faults.isEmpty() || member == null || terms == null || checked == null) {
            throw refused();
        }
        return new ClusterAccess(role, member, terms, zooKeeper, servers);
    }

    private CacheException refused() {
        return new CacheException("cluster URI: " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath()
                + ": " + String.join("; ", faults));
    }

    // ---- settings

    private void readSettings() {
        String query = uri.getRawQuery();
        if (query == null || query.isEmpty()) {
            return;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            Setting setting = find(key);
            if (setting == null) {
                faults.add(unknown(key));
            } else if (equals < 0) {
                faults.add(key + ": no value (expected: " + key + "=value)");
            } else if (given.put(setting, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8))
                    != null) {
                faults.add(key + ": given twice (expected: once)");
            }
        }
    }

    private static @Nullable Setting find(String key) {
        for (Setting setting : Setting.values()) {
            if (setting.key.equals(key)) {
                return setting;
            }
        }
        return null;
    }

    private static String unknown(String key) {
        List<String> known =
                Arrays.stream(Setting.values()).map(setting -> setting.key).toList();
        return "setting " + key + ": unknown (expected: "
                + NearestName.of(key, known)
                        .map(nearest -> "perhaps " + nearest + ", or ")
                        .orElse("") + "one of "
                + String.join(", ", known) + ")";
    }

    private String text(Setting setting, String otherwise) {
        return given.getOrDefault(setting, otherwise);
    }

    private <T> @Nullable T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private int number(Setting setting, int otherwise) {
        String text = given.get(setting);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            faults.add(setting.key + ": " + text + " (expected: a number)");
            return otherwise;
        }
    }

    private Duration duration(Setting setting, Duration otherwise) {
        String text = given.get(setting);
        Duration duration = text == null ? otherwise : DurationText.parse(text);
        if (duration == null) {
            faults.add(setting.key + ": " + text + " (expected: a duration such as 500ms, 10s or 5m)");
            return otherwise;
        }
        return duration;
    }

    private byte @Nullable [] file(Setting setting) {
        String name = given.get(setting);
        if (name == null) {
            return null;
        }
        try {
            return Files.readAllBytes(Path.of(name));
        } catch (IOException | InvalidPathException e) {
            faults.add(setting.key + ": " + name + " cannot be read: "
                    + e.getClass().getSimpleName() + " (expected: a file that this process may read)");
            return null;
        }
    }

    // ---- what they make

    private Role role() {
        String text = text(Setting.ROLE, "member");
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(text)) {
                return role;
            }
        }
        faults.add("role: " + text + " (expected: member or client)");
        return Role.MEMBER;
    }

    // A process listens at one address; whoever means another one than a name's first says which.
    @SuppressWarnings("AddressSelection")
    private InetSocketAddress bind() {
        String text = text(Setting.BIND, LOOPBACK + ":0");
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            String host = text.substring(0, Math.max(0, colon));
            if (host.isEmpty() || port < 0 || port > MAX_PORT) {
                throw new NumberFormatException(text);
            }
            // Whoever asks for a name here asks for one of this machine, so nobody waits.
            return new InetSocketAddress(host, port);
        } catch (NumberFormatException e) {
            faults.add("bind: " + text + " (expected: host:port, such as 10.0.0.7:7000; port 0 is any)");
            return new InetSocketAddress(LOOPBACK, 0);
        }
    }

    private String advertised(InetSocketAddress bind) {
        String host = given.get(Setting.ADVERTISE);
        if (host != null) {
            return host;
        } else if (bind.getAddress() != null && bind.getAddress().isAnyLocalAddress()) {
            faults.add("advertise: not set, while bind is " + bind.getHostString()
                    + " (expected: the host at which other processes reach this one)");
        }
        return bind.getHostString();
    }

    private NodeConnections connections() {
        byte[] secret = file(Setting.SECRET_FILE);
        TransportSecurity security = secret == null
                ? null
                : checked(() -> {
                    try {
                        return new TransportSecurity.SharedSecret(new Secret(secret));
                    } finally {
                        Arrays.fill(secret, (byte) 0);
                    }
                });
        return new NodeConnections(
                security == null ? new TransportSecurity.None(Exposure.LOOPBACK_ONLY) : security,
                duration(Setting.CONNECT_TIMEOUT, Duration.ofNanos(Transport.CONNECT_NANOS)));
    }

    private @Nullable MemberNodeSettings member(
            String name, InetSocketAddress bind, String advertised, NodeConnections connections) {
        int partitions = number(Setting.PARTITIONS, ControllerSettings.STANDARD.partitionCount());
        int backups = number(Setting.BACKUPS, 1);
        Duration leaveLimit = duration(Setting.LEAVE_LIMIT, MemberNodeSettings.DEFAULT_LEAVE);
        return checked(() -> {
            ControllerSettings standard = ControllerSettings.STANDARD;
            MemberSettings common = MemberSettings.STANDARD;
            return new MemberNodeSettings(
                    name,
                    new Location(advertised, text(Setting.ZONE, Location.NO_ZONE)),
                    bind,
                    advertised,
                    MemberDescription.DEFAULT_CAPACITY,
                    connections,
                    leaveLimit,
                    new MemberSettings(
                            common.protocolTimes(),
                            common.hearingTimes(),
                            new ControllerSettings(
                                    partitions,
                                    Redundancy.backups(backups),
                                    standard.settleNanos(),
                                    standard.joinsPerMember(),
                                    standard.lossPolicies()),
                            common.replicationLimits(),
                            common.rules()));
        });
    }

    private Function<String, ZooKeeperSettings> zooKeeper(String chroot) {
        Duration session = duration(Setting.SESSION_TIMEOUT, ZooKeeperSettings.DEFAULT_SESSION_TIMEOUT);
        Duration join = duration(Setting.JOIN_TIMEOUT, ZooKeeperSettings.DEFAULT_JOIN_TIMEOUT);
        DigestCredentials user = user();
        ZooKeeperTls tls = tls();
        return servers -> {
            ZooKeeperSettings settings = ZooKeeperSettings.of(servers, chroot).within(session, join);
            ZooKeeperSettings ofUser = user == null ? settings : settings.with(user);
            return tls == null ? ofUser : ofUser.with(tls);
        };
    }

    private @Nullable ZooKeeperTls tls() {
        Store authorities = store(Setting.TRUST_STORE, Setting.TRUST_PASSWORD_FILE);
        Store own = store(Setting.KEY_STORE, Setting.KEY_PASSWORD_FILE);
        if (own != null && authorities == null) {
            faults.add(Setting.KEY_STORE.key + ": without " + Setting.TRUST_STORE.key + " (expected: with the store of"
                    + " those whose servers are believed)");
        }
        return authorities == null ? null : new ZooKeeperTls(authorities, own);
    }

    private @Nullable Store store(Setting store, Setting passwordFile) {
        String file = given.get(store);
        String password = given.get(passwordFile);
        if (file == null && password == null) {
            return null;
        } else if (file == null || password == null) {
            faults.add(store.key + " and " + passwordFile.key + ": one without the other (expected: both)");
            return null;
        }
        return checked(() -> new Store(Path.of(file), Path.of(password)));
    }

    private @Nullable DigestCredentials user() {
        byte[] bytes = file(Setting.USER_FILE);
        if (bytes == null) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        int colon = text.indexOf(':');
        if (colon < 0) {
            faults.add("userFile: " + given.get(Setting.USER_FILE) + " has no colon (expected: user:password)");
            return null;
        }
        return checked(() -> new DigestCredentials(text.substring(0, colon), text.substring(colon + 1)));
    }

    private @Nullable CallTerms terms() {
        int minInSync = number(Setting.MIN_IN_SYNC, CallTerms.STANDARD.minInSync());
        Duration patience = duration(Setting.PATIENCE, CallTerms.STANDARD.patience());
        return checked(() -> new CallTerms(minInSync, patience));
    }
}
