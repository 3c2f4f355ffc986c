package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fyercache.hibernate.micrometer.RegionMeters;
import io.fyercache.hibernate.model.Person;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Releases of an application on one cluster and one database, as they are while one takes the place of the other: classes of one name, with the same tables and columns, and other
 * attributes.
 */
class RollingDeploymentTest {
    private static final String DATABASE = "deployment";
    private static final String[] ENTITIES = {"Customer", "Flight"};

    private static final String TIER = "public enum Tier { GOLD, SILVER }";

    /** Attributes are kept in the order of their names. */
    private static final String CUSTOMER = """
            @Entity
            @Cacheable
            @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
            public class Customer implements io.fyercache.hibernate.model.Person {
                @Id
                private long id;

                private String given;

                @Column(name = "surname")
                private String %1$s;

                @Enumerated(EnumType.STRING)
                private Tier tier = Tier.GOLD;

                private %2$s total;

                @ElementCollection
                @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
                private Set<%2$s> visits = new HashSet<>();

                protected Customer() {}

                public Customer(long id, String given, String family) {
                    this.id = id;
                    this.given = given;
                    this.%1$s = family;
                    this.total = %2$s.valueOf(3);
                    this.visits.add(%2$s.valueOf(4));
                }

                @Override
                public String given() {
                    return given;
                }

                @Override
                public String family() {
                    return this.%1$s;
                }

                @Override
                public void marry(String another) {
                    this.%1$s = another;
                }

                @Override
                public long bought() {
                    long sum = total;
                    for (%2$s visit : visits) {
                        sum += visit;
                    }
                    return sum;
                }
            }
            """;

    private static final String FLIGHT = """
            @Entity
            @Cacheable
            @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
            @NaturalIdCache
            public class Flight {
                @Id
                private long id;

                @NaturalId
                @Column(name = "origin")
                private String from;

                @NaturalId
                @Column(name = "destination")
                private String %s;

                protected Flight() {}

                public Flight(long id, String from, String to) {
                    this.id = id;
                    this.from = from;
                    this.%s = to;
                }

                @Override
                public String toString() {
                    return id + ": " + from + "-" + this.%s;
                }
            }
            """;

    @TempDir
    static Path folder;

    private static Release release;
    private static TwoMembers members;
    private static CachedDatabase former;

    /** Names of strings have changed, and with them the order of attributes. */
    private static CachedDatabase latter;

    /** The type of numbers has changed as well. */
    private static CachedDatabase later;

    @BeforeAll
    static void deploy() throws Exception {
        release = release("former", "surname", "Integer", "to");
        members = new TwoMembers(
                DATABASE,
                Map.of(
                        "hibernate.fyercache.clock_difference",
                        "0s", // All are in this JVM.
                        "hibernate.fyercache.query_results",
                        "shared"),
                release.inAProcess(ENTITIES),
                release("latter", "family", "Integer", "destination").inAProcess(ENTITIES));
        former = members.one();
        latter = members.other();
        later = client(release("later", "family", "Long", "destination"));
    }

    @AfterAll
    static void close() {
        later.close();
        members.close();
    }

    private static Release release(String name, String surname, String number, String destination) throws IOException {
        return Release.compiled(
                folder.resolve(name),
                Map.of(
                        "Tier",
                        TIER,
                        "Customer",
                        CUSTOMER.formatted(surname, number),
                        "Flight",
                        FLIGHT.formatted(destination, destination, destination)));
    }

    private static CachedDatabase client(Release itsRelease) throws Exception {
        return CachedDatabase.openShared(DATABASE, members.settingsOfAClient(), itsRelease.inAProcess(ENTITIES));
    }

    private static Class<?> entity(CachedDatabase database, String name) {
        return database.factory()
                .getMappingMetamodel()
                .getEntityDescriptor("shop." + name)
                .getMappedClass();
    }

    private static long nextTimestamp(CachedDatabase database) {
        return database.factory().getCache().getRegionFactory().nextTimestamp();
    }

    /** Waits until what a process does now is later than what all have done before, by the clock of each. */
    private static void awaitItsTurn(CachedDatabase database) {
        long latest = Stream.of(former, latter, later)
                .mapToLong(RollingDeploymentTest::nextTimestamp)
                .max()
                .getAsLong();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> nextTimestamp(database) > latest);
    }

    private static <T> T call(CachedDatabase database, Function<Session, T> work) {
        awaitItsTurn(database);
        return database.call(work);
    }

    private static long statementsOf(CachedDatabase database, Consumer<Session> work) {
        awaitItsTurn(database);
        return database.statementsOf(work);
    }

    private static void marry(CachedDatabase database, long id, String family) {
        awaitItsTurn(database);
        database.run(session -> customer(database, session, id).marry(family));
    }

    private static void persist(CachedDatabase database, String entity, long id, String one, String other) {
        database.run(session -> {
            try {
                session.persist(entity(database, entity)
                        .getConstructor(long.class, String.class, String.class)
                        .newInstance(id, one, other));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Person customer(CachedDatabase database, Session session, long id) {
        return (Person) session.find(entity(database, "Customer"), id);
    }

    private static String name(CachedDatabase database, long id) {
        return call(database, session -> {
            Person customer = customer(database, session, id);
            return customer.given() + " " + customer.family();
        });
    }

    private static long statementsToRead(CachedDatabase database, long id) {
        return statementsOf(database, session -> customer(database, session, id));
    }

    @Test
    void attributesThatHaveChangedPlaces_areReadRightByBothReleases() {
        persist(former, "Customer", 1, "Ada", "Lovelace");
        assertThat(name(former, 1)).isEqualTo("Ada Lovelace");
        assertThat(statementsToRead(former, 1)).isZero();

        assertThat(name(latter, 1)).isEqualTo("Ada Lovelace");
        assertThat(statementsToRead(latter, 1)).isZero();

        assertThat(name(former, 1)).isEqualTo("Ada Lovelace");
        assertThat(statementsToRead(former, 1)).isZero();
    }

    @Test
    void change_byOneRelease_isReadByTheOther_andKeptInItsForm() {
        persist(former, "Customer", 2, "Ada", "Byron");

        marry(latter, 2, "Lovelace");

        assertThat(statementsToRead(latter, 2)).isZero();
        assertThat(name(former, 2)).isEqualTo("Ada Lovelace");
        marry(former, 2, "King");
        assertThat(name(latter, 2)).isEqualTo("Ada King");
    }

    @Test
    void lock_byOneRelease_keepsTheOtherFromReadingAndKeeping() {
        persist(former, "Customer", 3, "Ada", "Byron");
        assertThat(name(latter, 3)).isEqualTo("Ada Byron");

        former.run(session -> {
            customer(former, session, 3).marry("Lovelace");
            session.flush();

            assertThat(name(latter, 3)).isEqualTo("Ada Byron");
            assertThat(statementsToRead(latter, 3)).isOne();
        });

        assertThat(name(latter, 3)).isEqualTo("Ada Lovelace");
        assertThat(name(former, 3)).isEqualTo("Ada Lovelace");
    }

    @Test
    void missOfAnotherRelease_isCounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        RegionMeters.monitor(registry, latter.factory());
        persist(former, "Customer", 4, "Ada", "Lovelace");

        assertThat(statementsToRead(latter, 4)).isOne();

        assertThat(registry.get(RegionMeters.MISMATCHES)
                        .tag("cache", "shop.Customer")
                        .functionCounter()
                        .count())
                .isPositive();
    }

    @Test
    void attributeAndElements_ofAnotherType_areReadRightByBothReleases() {
        persist(former, "Customer", 5, "Ada", "Lovelace");
        assertThat(bought(former, 5)).isEqualTo(7);

        assertThat(bought(later, 5)).isEqualTo(7);
        assertThat(bought(former, 5)).isEqualTo(7);
    }

    private static long bought(CachedDatabase database, long id) {
        return call(database, session -> customer(database, session, id).bought());
    }

    /** Parts of a natural id are kept in the order of their names, which has changed: to one release the key is that of another flight. */
    @Test
    void naturalId_whosePartsHaveChangedPlaces_standsForTheRightEntityInBothReleases() {
        persist(former, "Flight", 1, "Bern", "Wien");
        persist(former, "Flight", 2, "Wien", "Bern");
        assertThat(flight(former, "Bern", "to", "Wien")).isEqualTo("1: Bern-Wien");

        assertThat(flight(latter, "Wien", "destination", "Bern")).isEqualTo("2: Wien-Bern");
        assertThat(flight(former, "Bern", "to", "Wien")).isEqualTo("1: Bern-Wien");
    }

    private static String flight(CachedDatabase database, String from, String attribute, String to) {
        return call(
                database,
                session -> NaturalIds.find(session, entity(database, "Flight"), Map.of("from", from, attribute, to))
                        .toString());
    }

    @Test
    void sharedResult_ofAnotherRelease_isNotTaken() {
        persist(former, "Customer", 6, "Ada", "Lovelace");
        assertThat(total(former, 6)).isEqualTo(3);

        assertThat(total(later, 6)).isEqualTo(3L);
        assertThat(statementsOf(former, session -> total(session, 6))).isZero();
        assertThat(total(former, 6)).isEqualTo(3);
    }

    private static Object total(CachedDatabase database, long id) {
        return call(database, session -> total(session, id));
    }

    private static Object total(Session session, long id) {
        return session.createSelectionQuery("select c.total from Customer c where c.id = :id", Object.class)
                .setParameter("id", id)
                .setCacheable(true)
                .getSingleResult();
    }

    @Test
    void anotherProcessOfTheSameRelease_readsItsEntriesAndResults() throws Exception {
        persist(former, "Customer", 7, "Ada", "Lovelace");
        assertThat(statementsToRead(former, 7)).isZero();
        assertThat(total(former, 7)).isEqualTo(3);

        try (CachedDatabase another = client(release)) {
            assertThat(entity(another, "Customer")).isNotEqualTo(entity(former, "Customer"));
            assertThat(statementsOf(another, session -> {
                        assertThat(customer(another, session, 7).family()).isEqualTo("Lovelace");
                        assertThat(total(session, 7)).isEqualTo(3);
                    }))
                    .isZero();
        }
    }

    /** Hibernate's keys have the hash code of an enum's constant in them, which is another one in each process. */
    @Test
    void resultForAParameterThatIsAnEnum_isAnEntryOfEachProcess() throws Exception {
        persist(former, "Customer", 8, "Ada", "Lovelace");
        assertThat(golden(former)).containsExactly("Ada");
        assertThat(statementsOf(former, session -> golden(former, session))).isZero();

        try (CachedDatabase another = client(release)) {
            assertThat(statementsOf(
                            another,
                            session -> assertThat(golden(another, session)).containsExactly("Ada")))
                    .isOne();
            assertThat(statementsOf(another, session -> golden(another, session)))
                    .isZero();
        }
        assertThat(statementsOf(former, session -> golden(former, session))).isZero();
    }

    private static List<String> golden(CachedDatabase database) {
        return call(database, session -> golden(database, session));
    }

    private static List<String> golden(CachedDatabase database, Session session) {
        return session.createSelectionQuery(
                        "select c.given from Customer c where c.tier = :tier and c.id = 8", String.class)
                .setParameter("tier", gold(database))
                .setCacheable(true)
                .getResultList();
    }

    private static Object gold(CachedDatabase database) {
        try {
            return entity(database, "Customer")
                    .getClassLoader()
                    .loadClass("shop.Tier")
                    .getEnumConstants()[0];
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
