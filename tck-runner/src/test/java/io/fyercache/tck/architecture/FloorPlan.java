package io.fyercache.tck.architecture;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The houses (modules), floors and rooms (packages) of {@code docs/architecture.md}, ground first. A room may import its
 * own house's rooms on its own floor and below, and the houses that its own stands on. <b>This is the one list to
 * change</b> when a room moves.
 *
 * @param root the package that all rooms are in
 */
record FloorPlan(String root) {
    private static final String JCACHE = "javax.cache";
    private static final String HIBERNATE = "org.hibernate";

    private static final List<House> HOUSES = List.of(
            new House(
                    "fyercache-jcache",
                    Set.of(),
                    List.of(
                            floor(room("core.time"), room("core.bytes"), room("core.bus"), room("core.fence")),
                            floor(room("core.codec"), room("core.entry"), room("core.statistics"), room("core.write")),
                            floor(room("core.operation"), room("core.invalidation")),
                            floor(room("core.store", "com.github.benmanes.caffeine")),
                            floor(room("core.load")),
                            floor(room("core.engine")),
                            floor(room("core.invalidated")),
                            floor(room("configuration", JCACHE, "org.snakeyaml.engine")),
                            floor(
                                    room("jcache.copy", JCACHE),
                                    room("jcache.event", JCACHE),
                                    room("jcache.expiry", JCACHE),
                                    room("jcache.integration", JCACHE),
                                    room("jcache.management", JCACHE),
                                    room("jcache.processor", JCACHE)),
                            floor(room("jcache", JCACHE)),
                            floor(room("micrometer", JCACHE, "io.micrometer")))),
            new House(
                    "fyercache-sharded",
                    Set.of("fyercache-jcache"),
                    List.of(
                            floor(room("sharded.topology")),
                            floor(room("sharded.placement"), room("sharded.coordination")),
                            floor(room("sharded.message"), room("sharded.event")),
                            floor(room("sharded.reading"), room("sharded.message.codec")),
                            floor(room("sharded.replication"), room("sharded.client"), room("sharded.transport")),
                            floor(
                                    room("sharded.controller"),
                                    room("sharded.listening"),
                                    room("sharded.near"),
                                    room("sharded.bus"),
                                    room("sharded.engine", JCACHE),
                                    room(
                                            "sharded.transport.netty",
                                            "io.netty",
                                            "javax.crypto",
                                            "javax.net.ssl",
                                            "javax.security.auth.x500")),
                            floor(room("sharded.member")),
                            floor(room("sharded.node", JCACHE, "com.github.benmanes.caffeine")))),
            new House(
                    "fyercache-zookeeper",
                    Set.of("fyercache-jcache", "fyercache-sharded"),
                    List.of(
                            floor(room("zookeeper.znode"), room("zookeeper.embedded", "org.apache.zookeeper")),
                            floor(room("zookeeper.watch")),
                            floor(room("zookeeper.membership"), room("zookeeper.table"), room("zookeeper.catalogue")),
                            floor(room("zookeeper.election"), room("zookeeper.turn")),
                            floor(room("zookeeper.life"), room("zookeeper.view"), room("zookeeper.lock")),
                            floor(room("zookeeper", JCACHE, "org.apache.zookeeper", "javax.net.ssl")))),
            // Usable with any JCache provider, so it stands on no house of ours.
            new House(
                    "fyercache-jdbc",
                    Set.of(),
                    List.of(
                            floor(room("jdbc.fault"), room("jdbc.time")),
                            floor(room("jdbc.registry"), room("jdbc.mapping")),
                            floor(room("jdbc.datasource", "com.zaxxer.hikari", "javax.naming"), room("jdbc.dialect")),
                            floor(room("jdbc.fence")),
                            floor(room("jdbc.through", JCACHE)),
                            floor(room("jdbc.feed")),
                            floor(room("jdbc.postgresql", "org.postgresql"), room("jdbc.micrometer", "io.micrometer")),
                            floor(room("jdbc", JCACHE)),
                            floor(room("jpa", JCACHE, "jakarta.persistence")))),
            // In the same artefact, and another house: for those who have ours.
            new House(
                    "fyercache-jdbc, in a cluster",
                    Set.of("fyercache-jdbc", "fyercache-jcache"),
                    List.of(floor(room("jdbc.cluster")))),
            new House(
                    "fyercache-jms",
                    Set.of("fyercache-jcache"),
                    List.of(floor(room("jms", "jakarta.jms", "javax.naming")))),
            new House("fyercache-kafka", Set.of("fyercache-jcache"), List.of(floor(room("kafka", "org.apache.kafka")))),
            new House(
                    "fyercache-hibernate",
                    Set.of("fyercache-jcache"),
                    List.of(
                            floor(
                                    room("hibernate.slot", JCACHE),
                                    room("hibernate.timestamp", JCACHE),
                                    room("hibernate.key", HIBERNATE)),
                            floor(room("hibernate.state", HIBERNATE)),
                            floor(room("hibernate.region", JCACHE, HIBERNATE)),
                            floor(
                                    room("hibernate", JCACHE, HIBERNATE),
                                    room("hibernate.micrometer", JCACHE, HIBERNATE, "io.micrometer")))),
            new House(
                    "fyercache-node",
                    Set.of("fyercache-jcache", "fyercache-sharded", "fyercache-zookeeper"),
                    List.of(
                            floor(room("management.problem")),
                            floor(
                                    room("management.access"),
                                    room(
                                            "management.certificate",
                                            "javax.crypto",
                                            "javax.net.ssl",
                                            "javax.security.auth.x500"),
                                    room("management.json", "tools.jackson", "com.fasterxml.jackson.annotation"),
                                    room("management.entry")),
                            floor(room("management.report", JCACHE)),
                            floor(
                                    room("management.health", JCACHE),
                                    room("management.extension", JCACHE),
                                    room("management.history"),
                                    room("management.drain"),
                                    room("management.metrics", JCACHE, "io.micrometer")),
                            floor(room(
                                    "management.http",
                                    JCACHE,
                                    "io.javalin",
                                    "javax.net.ssl",
                                    "org.eclipse.jetty",
                                    "jakarta.servlet",
                                    "kotlin")),
                            floor(room("management", JCACHE)),
                            floor(room("node.doctor", JCACHE)),
                            floor(room("node", JCACHE, "picocli")))),
            // A judge shares no code with the accused.
            new House("fyercache-testkit", Set.of(), List.of(floor(room("testkit.history", JCACHE)))),
            // In the same artefact, and another house: what is simulated is the accused itself.
            new House(
                    "fyercache-testkit, simulation",
                    Set.of("fyercache-testkit", "fyercache-jcache", "fyercache-sharded", "fyercache-zookeeper"),
                    List.of(
                            floor(room("testkit.time")),
                            floor(room("testkit.zookeeper")),
                            floor(room("testkit.coordination"), room("testkit.transport")),
                            floor(room("testkit.simulation", JCACHE), room("testkit.process")))));

    /** What any room may use besides its own foreign libraries; JCache is no part of it, for the core does without. */
    private static final List<String> COMMON = List.of(
            "java", "javax.management", "javax.sql", "org.jspecify.annotations", "com.google.errorprone.annotations");

    /** The clocks: the rooms that may ask the machine for the time, one for each house that stands by itself. */
    static final List<String> CLOCKS = List.of("core.time", "jdbc.time");

    /** The one room that may read JDK-serialized objects. */
    static final String CODECS = "core.codec";

    /** The rooms whose results follow from the arguments alone, in any JVM: two controllers decide alike. */
    private static final Set<String> PURE = Set.of(
            "core.bytes",
            "core.write",
            "core.invalidation",
            "sharded.topology",
            "sharded.placement",
            "sharded.coordination",
            "sharded.event",
            "sharded.message",
            "sharded.message.codec",
            "sharded.replication",
            "sharded.client",
            "sharded.transport",
            "sharded.controller",
            "sharded.listening",
            "sharded.near",
            "sharded.bus",
            "sharded.member",
            "zookeeper.znode",
            "zookeeper.watch",
            "zookeeper.membership",
            "zookeeper.table",
            "zookeeper.catalogue",
            "zookeeper.election",
            "zookeeper.life",
            "zookeeper.view",
            "zookeeper.turn");

    /** The plan of the code itself. */
    static FloorPlan ofFyerCache() {
        return new FloorPlan("io.fyercache");
    }

    /** The packages of all rooms. */
    Set<String> rooms() {
        return placements().map(place -> root + "." + place.room().name()).collect(toUnmodifiableSet());
    }

    boolean has(String packageName) {
        return placement(packageName).isPresent();
    }

    boolean isRoom(String packageName, String room) {
        return packageName.equals(root + "." + room);
    }

    /** True in the rooms that a simulation must be able to repeat: they leave chance, too, to whoever calls them. */
    boolean isInCore(String packageName) {
        return isWithin(root + ".core", packageName);
    }

    /** True in the rooms that touch nothing outside of them and depend on no accident of the JVM. */
    boolean isPure(String packageName) {
        return PURE.stream().anyMatch(room -> isRoom(packageName, room));
    }

    boolean isOurs(String packageName) {
        return isWithin(root, packageName);
    }

    /** True if a class of one of our packages may depend on one of another; a package without a room may not be used. */
    boolean mayImport(String from, String to) {
        if (from.equals(to)) {
            return true;
        }
        Optional<Placement> user = placement(from);
        Optional<Placement> used = placement(to);
        if (user.isEmpty() || used.isEmpty()) {
            return false;
        }
        House house = user.get().house();
        House other = used.get().house();
        return house.equals(other)
                ? used.get().floor() <= user.get().floor()
                : house.standsOn().contains(other.artefact());
    }

    /** True if a class of one of our packages may depend on a package that is not ours. */
    boolean mayUse(String from, String foreign) {
        return Stream.concat(
                        COMMON.stream(), placement(from).stream().flatMap(place -> place.room().foreign().stream()))
                .anyMatch(permitted -> isWithin(permitted, foreign));
    }

    private Optional<Placement> placement(String packageName) {
        return placements()
                .filter(place -> isRoom(packageName, place.room().name()))
                .findFirst();
    }

    private static Stream<Placement> placements() {
        return HOUSES.stream().flatMap(House::placements);
    }

    private static boolean isWithin(String parent, String packageName) {
        return packageName.equals(parent) || packageName.startsWith(parent + ".");
    }

    private static List<Room> floor(Room... rooms) {
        return List.of(rooms);
    }

    private static Room room(String name, String... foreign) {
        return new Room(name, Set.of(foreign));
    }

    /**
     * A package.
     *
     * @param name below the root
     * @param foreign packages of the libraries that this room is the place for, with all below them
     */
    private record Room(String name, Set<String> foreign) {}

    /**
     * A module.
     *
     * @param standsOn the artefacts it may import
     * @param floors ground first
     */
    private record House(String artefact, Set<String> standsOn, List<List<Room>> floors) {
        Stream<Placement> placements() {
            return Stream.iterate(0, floor -> floor < floors.size(), floor -> floor + 1)
                    .flatMap(floor -> floors.get(floor).stream().map(room -> new Placement(this, floor, room)));
        }
    }

    private record Placement(House house, int floor, Room room) {}
}
