package io.fyercache.testkit.contract;

import static io.fyercache.testkit.contract.CatalogueUser.cacheOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.engine.PortableDefinition.Setting;
import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.DefineOutcome;
import io.fyercache.sharded.coordination.DefinitionForm;
import io.fyercache.sharded.coordination.DestroyOutcome;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.testkit.contract.CoordinationFixture.Loss;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CacheCatalogue} does, be it a member's or a client's. */
public abstract class CacheCatalogueContract {
    private final List<CatalogueUser> users = new ArrayList<>();
    private CoordinationFixture fixture;
    private CatalogueUser member;
    private CatalogueUser client;

    /** Starts an ensemble for one test. */
    protected abstract CoordinationFixture start();

    @BeforeEach
    void startProcesses() {
        fixture = start();
        member = newMember();
        client = newClient();
    }

    @AfterEach
    void nobodyWasToldWhatHeShouldNot() {
        fixture.close();
        for (CatalogueUser user : users) {
            assertThat(user.complaints()).isEmpty();
        }
    }

    private CatalogueUser newMember() {
        MemberDescription description = new MemberDescription(
                UUID.nameUUIDFromBytes(new byte[] {(byte) users.size()}),
                "node-" + users.size(),
                new Location("host", Location.NO_ZONE),
                new DataAddress("10.0.0.1", 7400),
                MemberDescription.DEFAULT_CAPACITY,
                new ProtocolVersions(1, 1));
        Participant participant = new Participant(fixture);
        ClusterCoordinator coordinator = fixture.join(description, participant);
        participant.begin(coordinator);
        return remember(new CatalogueUser(fixture, coordinator));
    }

    private CatalogueUser newClient() {
        return remember(new CatalogueUser(fixture, fixture.open(new Spectator(fixture))));
    }

    private CatalogueUser remember(CatalogueUser user) {
        users.add(user);
        return user;
    }

    private static PortableDefinition definition(String name) {
        return definition(name, "PT10S");
    }

    private static PortableDefinition definition(String name, String expiry) {
        TreeMap<String, Setting> settings = new TreeMap<>();
        settings.put("expiry", new Setting("created " + expiry, expiry.getBytes(StandardCharsets.UTF_8)));
        settings.put("read-through", new Setting("true", new byte[] {1}));
        return new PortableDefinition(name, settings);
    }

    private void awaitCaches(CatalogueUser user, NumberedCache... expected) {
        fixture.await("caches", () -> user.hasRead() && user.caches().equals(List.of(expected)));
    }

    // ---- defining

    @Test
    void catalogue_isEmptyAtFirst_andEveryoneIsToldSo() {
        awaitCaches(member);
        awaitCaches(client);
    }

    @Test
    void define_makesTheCache_andEveryoneIsTold() {
        NumberedCache orders = client.defined(definition("orders"));
        NumberedCache customers = member.defined(definition("customers"));
        CatalogueUser late = newClient();

        assertThat(orders.definition()).isEqualTo(definition("orders"));
        assertThat(customers.number()).isGreaterThan(orders.number());
        for (CatalogueUser user : List.of(member, client, late)) {
            awaitCaches(user, orders, customers);
        }
    }

    @Test
    void define_ofANameThatExists_yieldsTheDefinitionThatExists() {
        NumberedCache first = member.defined(definition("orders", "PT10S"));

        assertThat(client.defined(definition("orders", "PT20S"))).isEqualTo(first);
        assertThat(member.defined(definition("orders", "PT30S"))).isEqualTo(first);
        assertThat(first.definition()).isEqualTo(definition("orders", "PT10S"));
    }

    @Test
    void define_byTwoAtOnce_makesOneCache() {
        Set<Integer> numbers = new HashSet<>();
        for (int round = 0; round < 10; round++) {
            String name = "cache-" + round;
            int before = round;

            member.call(port -> port.define(definition(name, "PT1S")));
            client.call(port -> port.define(definition(name, "PT2S")));
            fixture.await(
                    "defines",
                    () -> member.defines().size() > before && client.defines().size() > before);

            NumberedCache cache = cacheOf(member.defines().get(round));
            assertThat(cacheOf(client.defines().get(round))).isEqualTo(cache);
            assertThat(numbers.add(cache.number())).isTrue();
        }
        assertThat(member.refresh()).hasSize(10).isEqualTo(client.refresh());
    }

    @Test
    void define_ofManyAtOnce_givesNoNumberTwice() {
        CatalogueUser another = newMember();
        List<CatalogueUser> all = List.of(member, client, another);
        int each = 8;
        for (int i = 0; i < each; i++) {
            for (CatalogueUser user : all) {
                String name = "cache-" + i + "-of-" + users.indexOf(user);
                user.call(port -> port.define(definition(name)));
            }
        }

        Set<Integer> numbers = new HashSet<>();
        for (CatalogueUser user : all) {
            fixture.await("defines", () -> user.defines().size() == each);
            user.defines().forEach(outcome -> numbers.add(cacheOf(outcome).number()));
        }
        assertThat(numbers).hasSize(3 * each);
        assertThat(client.refresh()).hasSize(3 * each);
    }

    @Test
    void define_ofAnyName_keepsIt() {
        List<String> names =
                List.of("a/b", "..", ".", "größe", "100 %", "com.example.Order#items", "顧客", "😀", "-1", "a-7");
        List<NumberedCache> caches = new ArrayList<>();
        for (String name : names) {
            caches.add(member.defined(definition(name)));
        }

        assertThat(client.refresh()).isEqualTo(caches);
        assertThat(caches).extracting(cache -> cache.definition().name()).isEqualTo(names);
    }

    @Test
    void define_ofANameThatCannotBeKept_isRefusedAtOnce() {
        for (String name : List.of("", "\ud83d", "x".repeat(CacheCatalogue.MAX_NAME_LENGTH + 1), "ü".repeat(86))) {
            member.call(port -> assertThatIllegalArgumentException()
                    .isThrownBy(() -> port.define(definition(name)))
                    .withMessageContaining("name of a cache")
                    .withMessageContaining("expected"));
        }
        member.defined(definition("x".repeat(CacheCatalogue.MAX_NAME_LENGTH)));
    }

    @Test
    void define_withMoreThanFits_isRefusedAtOnce() {
        TreeMap<String, Setting> settings = new TreeMap<>();
        settings.put("loader", new Setting("large", new byte[DefinitionForm.MAX_BYTES - 100]));
        PortableDefinition largest = new PortableDefinition("large", settings);
        settings.put("writer", new Setting("more", new byte[100]));

        client.call(port -> assertThatIllegalArgumentException()
                .isThrownBy(() -> port.define(new PortableDefinition("large", settings)))
                .withMessageContaining("definition of a cache")
                .withMessageContaining("" + DefinitionForm.MAX_BYTES));

        NumberedCache cache = client.defined(largest);
        assertThat(member.refresh()).containsExactly(cache);
    }

    // ---- changing settings

    private static Map<String, String> texts(NumberedCache cache) {
        Map<String, String> texts = new TreeMap<>();
        cache.amendment().settings().forEach((name, setting) -> texts.put(name, setting.text()));
        return texts;
    }

    @Test
    void adjust_isToldToEveryone_alsoToThoseWhoComeLater_andTheDefinitionStays() {
        NumberedCache orders = member.defined(definition("orders"));
        NumberedCache other = member.defined(definition("customers"));

        client.adjust(orders.number(), "bound", "7");
        NumberedCache now = cacheOf(member.adjust(orders.number(), "statistics", "true"));
        CatalogueUser late = newClient();

        assertThat(now.definition()).isEqualTo(orders.definition());
        assertThat(texts(now)).isEqualTo(Map.of("bound", "7", "statistics", "true"));
        for (CatalogueUser user : List.of(member, client, late)) {
            awaitCaches(user, now, other);
        }
        assertThat(client.defined(definition("orders"))).isEqualTo(now);
    }

    @Test
    void adjust_ofTheSameSetting_theLaterOneCounts_andTheSameOnceMoreChangesNothing() {
        int number = member.defined(definition("orders")).number();
        NumberedCache first = cacheOf(member.adjust(number, "bound", "7"));
        NumberedCache second = cacheOf(client.adjust(number, "bound", "8"));

        assertThat(second.amendment().revision())
                .isGreaterThan(first.amendment().revision());
        assertThat(cacheOf(member.adjust(number, "bound", "8"))).isEqualTo(second);
        assertThat(member.refresh()).containsExactly(second);
    }

    @Test
    void adjust_byTwoAtOnce_losesNeither() {
        int number = member.defined(definition("orders")).number();
        for (int round = 0; round < 10; round++) {
            int before = round;
            TreeMap<String, Setting> ofMember = new TreeMap<>();
            ofMember.put("m-" + round, new Setting("1", new byte[] {1}));
            TreeMap<String, Setting> ofClient = new TreeMap<>();
            ofClient.put("c-" + round, new Setting("1", new byte[] {1}));

            member.call(port -> port.adjust(number, ofMember));
            client.call(port -> port.adjust(number, ofClient));
            fixture.await(
                    "adjustments",
                    () -> member.adjustments().size() > before
                            && client.adjustments().size() > before);

            assertThat(texts(member.refresh().get(0))).hasSize(2 * (round + 1));
        }
    }

    @Test
    void adjust_ofACacheThatHasGone_isRefused_andNothingIsLeftOfIt() {
        int number = member.defined(definition("orders")).number();
        client.adjust(number, "bound", "7");
        member.destroy(number);

        assertThat(client.adjust(number, "bound", "8")).isInstanceOf(DefineOutcome.Refused.class);

        NumberedCache next = member.defined(definition("orders"));
        assertThat(next.amendment().settings()).isEmpty();
        assertThat(client.refresh()).containsExactly(next);
    }

    @Test
    void adjust_withMoreThanSettingsTake_isRefusedAtOnce() {
        int number = member.defined(definition("orders")).number();
        TreeMap<String, Setting> settings = new TreeMap<>();
        settings.put("loader", new Setting("large", new byte[5_000]));

        member.call(port -> assertThatIllegalArgumentException()
                .isThrownBy(() -> port.adjust(number, settings))
                .withMessageContaining("changed settings of a cache"));
    }

    @Test
    void adjust_whoseAnswerIsLost_isUnknown_andDoesNoHarmOnceMore() {
        int number = member.defined(definition("orders")).number();
        client.refresh();
        fixture.cutOff(client.process(), Loss.ANSWERS);

        assertThat(client.adjust(number, "bound", "7")).isEqualTo(DefineOutcome.Unknown.UNKNOWN);

        fixture.restore(client.process());
        client.refresh();
        NumberedCache now = cacheOf(client.adjust(number, "bound", "7"));
        assertThat(member.refresh()).containsExactly(now);
    }

    // ---- destroying

    @Test
    void destroy_takesTheCacheOut_andItsNumberIsNeverGivenAgain() {
        NumberedCache stays = member.defined(definition("customers"));
        Set<Integer> numbers = new HashSet<>();
        for (int round = 0; round < 5; round++) {
            NumberedCache cache = member.defined(definition("orders"));
            assertThat(numbers.add(cache.number())).isTrue();

            assertThat(client.destroy(cache.number())).isEqualTo(DestroyOutcome.GONE);

            awaitCaches(member, stays);
            awaitCaches(client, stays);
        }
    }

    @Test
    void destroy_ofACacheThatHasGone_leavesTheOneThatHasItsNameNow() {
        NumberedCache first = member.defined(definition("orders"));
        member.destroy(first.number());
        NumberedCache second = member.defined(definition("orders"));

        assertThat(client.destroy(first.number())).isEqualTo(DestroyOutcome.GONE);

        assertThat(client.refresh()).containsExactly(second);
    }

    @Test
    void destroy_byTwoAtOnce_isDoneForBoth() {
        for (int round = 0; round < 5; round++) {
            int number = member.defined(definition("orders")).number();
            int before = round;

            member.call(port -> port.destroy(number));
            client.call(port -> port.destroy(number));

            fixture.await(
                    "destroys",
                    () -> member.destroys().size() > before && client.destroys().size() > before);
        }
        assertThat(member.destroys()).containsOnly(DestroyOutcome.GONE);
        assertThat(client.destroys()).containsOnly(DestroyOutcome.GONE);
        assertThat(member.refresh()).isEmpty();
    }

    @Test
    void define_afterADestroyThatThisProcessNeedNotHaveHeardOf_makesAnotherCache() {
        for (int round = 0; round < 10; round++) {
            int first = client.defined(definition("orders")).number();
            member.destroy(first);

            int second = client.defined(definition("orders")).number();

            assertThat(second).isNotEqualTo(first);
            member.destroy(second);
        }
    }

    @Test
    void destroy_ofWhatThisProcessNeedNotHaveHeardOf_takesItOut() {
        for (int round = 0; round < 10; round++) {
            int number = member.defined(definition("orders")).number();

            assertThat(client.destroy(number)).isEqualTo(DestroyOutcome.GONE);

            assertThat(member.refresh()).isEmpty();
        }
    }

    // ---- without ZooKeeper

    @Test
    void define_whoseAnswerIsLost_isUnknown_andStandsIfItWasDone() {
        for (CatalogueUser user : List.of(member, client)) {
            CatalogueUser other = user == member ? client : member;
            String name = "cache-" + users.indexOf(user);
            user.refresh();
            fixture.cutOff(user.process(), Loss.ANSWERS);

            assertThat(user.define(definition(name))).isEqualTo(DefineOutcome.Unknown.UNKNOWN);

            fixture.restore(user.process());
            user.refresh(); // Now it is done, or lost for good.
            boolean done = other.refresh().stream()
                    .anyMatch(cache -> cache.definition().name().equals(name));
            assertThat(user.defined(definition(name, "PT20S")).definition())
                    .isEqualTo(definition(name, done ? "PT10S" : "PT20S"));
        }
    }

    @Test
    void define_thatDoesNotArrive_isUnknown_andNotDone() {
        for (CatalogueUser user : List.of(member, client)) {
            user.refresh();
            fixture.cutOff(user.process(), Loss.EVERYTHING);

            assertThat(user.define(definition("orders"))).isEqualTo(DefineOutcome.Unknown.UNKNOWN);

            fixture.restore(user.process());
            assertThat(user.refresh()).isEmpty();
        }
    }

    @Test
    void destroy_whoseAnswerIsLost_isUnknown_andDone() {
        int number = member.defined(definition("orders")).number();
        client.refresh();
        fixture.cutOff(client.process(), Loss.ANSWERS);

        assertThat(client.destroy(number)).isEqualTo(DestroyOutcome.UNKNOWN);

        fixture.restore(client.process());
        client.refresh();
        assertThat(client.destroy(number)).isEqualTo(DestroyOutcome.GONE);
        assertThat(member.refresh()).isEmpty();
    }

    @Test
    void cutOffForAWhile_missesNothing() {
        NumberedCache gone = member.defined(definition("orders"));
        for (CatalogueUser user : List.of(member, client)) {
            CatalogueUser other = user == member ? client : member;
            awaitCaches(user, other.refresh().toArray(NumberedCache[]::new));
            fixture.cutOff(user.process(), Loss.EVERYTHING);

            other.destroy(gone.number());
            NumberedCache another = other.defined(definition("orders"));
            fixture.restore(user.process());

            awaitCaches(user, another);
            gone = another;
        }
    }

    @Test
    void refresh_tellsAllThatWasTheCaseWhenItWasCalled() {
        for (int round = 0; round < 10; round++) {
            NumberedCache cache = member.defined(definition("cache-" + round));

            assertThat(client.refresh()).contains(cache);

            member.destroy(cache.number());
            assertThat(client.refresh()).isEmpty();
        }
    }

    @Test
    void clientWhoseSessionHasExpired_goesOn() {
        NumberedCache orders = client.defined(definition("orders"));

        fixture.expire(client.process());

        NumberedCache customers = member.defined(definition("customers"));
        awaitCaches(client, orders, customers);
        fixture.await("outcome", () -> client.define(definition("orders")) instanceof DefineOutcome.Defined);
        assertThat(client.destroy(orders.number())).isEqualTo(DestroyOutcome.GONE);
        awaitCaches(member, customers);
    }
}
