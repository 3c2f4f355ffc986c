package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.hibernate.model.Club;
import io.fyercache.hibernate.model.Player;
import io.fyercache.hibernate.model.Player.Origin;
import io.fyercache.hibernate.region.CachedRegion;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.cache.spi.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results of queries, which are kept by everything that they depend on. */
class QueryResultsTest {
    private static final Origin BERN = new Origin("CH", "Bern");
    private static final Origin WIEN = new Origin("AT", "Wien");

    private final CachedDatabase database = CachedDatabase.open(Map.of(), AssociationsTest.SPORTS);

    @BeforeEach
    void persistPlayers() {
        database.run(session -> {
            Club club = new Club(1);
            session.persist(club);
            session.persist(new Player(1, "Ada", BERN, club));
            session.persist(new Player(2, "Lise", WIEN, club));
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static List<String> named(Session session, String name) {
        return names(session.createSelectionQuery("from Player p where p.name = :name or :name is null", Player.class)
                .setParameter("name", name, String.class)
                .setCacheable(true)
                .getResultList());
    }

    private static List<String> from(Session session, Origin origin) {
        return names(session.createSelectionQuery("from Player p where p.origin = :origin", Player.class)
                .setParameter("origin", origin)
                .setCacheable(true)
                .getResultList());
    }

    private static List<String> all(Session session) {
        return names(session.createSelectionQuery("from Player p order by p.id", Player.class)
                .setCacheable(true)
                .getResultList());
    }

    private static List<String> names(List<Player> players) {
        return players.stream().map(Player::name).toList();
    }

    @Test
    void parameters_tellResultsApart_andNullIsOneOfThem() {
        for (int i = 0; i < 2; i++) {
            assertThat(database.<List<String>>call(session -> named(session, "Ada")))
                    .containsExactly("Ada");
            assertThat(database.<List<String>>call(session -> named(session, "Lise")))
                    .containsExactly("Lise");
            assertThat(database.<List<String>>call(session -> named(session, null)))
                    .containsExactlyInAnyOrder("Ada", "Lise");
        }
        assertThat(database.statementsOf(session -> {
                    named(session, "Ada");
                    named(session, "Lise");
                    named(session, null);
                }))
                .isZero();
    }

    @Test
    void parameter_thatIsEmbeddable_isComparedByItsParts() {
        assertThat(database.<List<String>>call(session -> from(session, BERN))).containsExactly("Ada");
        assertThat(database.<List<String>>call(session -> from(session, WIEN))).containsExactly("Lise");

        assertThat(database.statementsOf(session -> from(session, new Origin("CH", "Bern"))))
                .isZero();
    }

    @Test
    void filter_tellsResultsApart() {
        for (int i = 0; i < 2; i++) {
            assertThat(database.<List<String>>call(session -> {
                        session.enableFilter("country").setParameter("code", "CH");
                        return all(session);
                    }))
                    .containsExactly("Ada");
            assertThat(database.<List<String>>call(session -> {
                        session.enableFilter("country").setParameter("code", "AT");
                        return all(session);
                    }))
                    .containsExactly("Lise");
            assertThat(database.<List<String>>call(QueryResultsTest::all)).containsExactly("Ada", "Lise");
        }
    }

    @Test
    void entitiesOfAResult_thatWereEvicted_areLoaded() {
        database.run(QueryResultsTest::all);
        database.factory().getCache().evictEntityData(Player.class, 1L);

        assertThat(database.<List<String>>call(QueryResultsTest::all)).containsExactly("Ada", "Lise");
    }

    @Test
    void result_isNotUsed_byTheTransactionThatHasChangedATableOfIt_norKeptFromIt() {
        database.run(QueryResultsTest::all);

        database.run(session -> {
            session.persist(new Player(3, "Joan", BERN, null));
            assertThat(all(session)).containsExactly("Ada", "Lise", "Joan");
            assertThat(database.<List<String>>call(QueryResultsTest::all)).containsExactly("Ada", "Lise");
            session.remove(session.find(Player.class, 3));
        });

        assertThat(database.<List<String>>call(QueryResultsTest::all)).containsExactly("Ada", "Lise");
    }

    /** It may commit at any moment, and its process may be gone before it says so. */
    @Test
    void result_isNotUsed_whileATransactionHasChangedATableOfIt_whoeverElseCommits() {
        database.run(session -> {
            session.persist(new Player(3, "Joan", BERN, null));
            session.flush();
            database.run(other -> other.persist(new Player(4, "Mary", WIEN, null)));
            for (int again = 0; again < 2; again++) {
                assertThat(database.statementsOf(QueryResultsTest::all)).isOne();
            }
        });

        assertThat(database.<List<String>>call(QueryResultsTest::all)).containsExactly("Ada", "Lise", "Joan", "Mary");
        assertThat(database.statementsOf(QueryResultsTest::all)).isZero();
    }

    /** That is how a process sees it when all copies of a partition of the timestamps are lost. */
    @Test
    void result_isBelieved_whenTimestampsAreLost_untilTheQueryRegionsAreCleared() {
        database.run(QueryResultsTest::all);
        database.run(session -> session.persist(new Player(3, "Joan", BERN, null)));
        Region timestamps = database.factory().getCache().getTimestampsCache().getRegion();
        ((CachedRegion) timestamps).cache().cache().clear();
        assertThat(database.<List<String>>call(QueryResultsTest::all)).containsExactly("Ada", "Lise");

        database.factory().getCache().evictQueryRegions();

        assertThat(database.<List<String>>call(QueryResultsTest::all)).containsExactly("Ada", "Lise", "Joan");
    }

    @Test
    void result_ofARegionOfItsOwn_isEvictedWithIt() {
        database.run(session -> session.createSelectionQuery("from Player", Player.class)
                .setCacheable(true)
                .setCacheRegion("reports")
                .getResultList());

        assertThat(database.statistics().getCacheRegionStatistics("reports").getPutCount())
                .isOne();
        database.factory().getCache().evictQueryRegion("reports");
        assertThat(database.statistics().getCacheRegionStatistics("reports").getElementCountInMemory())
                .isZero();
    }
}
