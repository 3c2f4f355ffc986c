package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.Serialization;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.codec.CodecLimits;
import io.fyercache.hibernate.model.Account;
import io.fyercache.hibernate.model.Counter;
import io.fyercache.hibernate.model.Country;
import io.fyercache.hibernate.slot.CachedItem;
import io.fyercache.hibernate.slot.Hold;
import io.fyercache.hibernate.slot.LockedKey;
import io.fyercache.hibernate.slot.RecentChanges;
import io.fyercache.hibernate.slot.ReleasedKey;
import io.fyercache.hibernate.slot.SlotOperation;
import io.fyercache.hibernate.slot.SlotProcessor;
import io.fyercache.hibernate.timestamp.ChangeNote;
import io.fyercache.hibernate.timestamp.LastChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What travels in a cluster has the compact form; nothing of it is left to Java serialization. */
class CompactFormTest {
    /** What every stream of Java serialization begins with. */
    private static final String JAVA_SERIALIZATION = "\u00ac\u00ed\u0000\u0005";

    private static final Hold HOLD = new Hold(new Hold.Name(new UUID(1, 2), 3), 4_000);

    private final CodecChain codec = CodecChain.of(
            getClass().getClassLoader(), Serialization.defaults().classFilter(CodecLimits.DEFAULT, List.of()));

    private Object throughBytes(Object value) {
        byte[] bytes = codec.encode(value);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain(JAVA_SERIALIZATION);
        return codec.decode(bytes);
    }

    static Stream<Object> records() {
        CachedItem item = new CachedItem("value", 1, 2, -3);
        return Stream.of(
                item,
                new LockedKey(List.of(HOLD), LockedKey.NOT_SEALED, true, 7L, 8),
                new ReleasedKey(5, null),
                new LastChange(1, List.of(new LastChange.Announced(new UUID(3, 4), 2))),
                new ChangeNote(ChangeNote.Stage.OVER, new UUID(3, 4), 3),
                new SlotOperation.OfferLoaded(item, 1),
                new SlotOperation.OfferInserted(item, 1),
                new SlotOperation.TakeHold(HOLD, 1, 2),
                new SlotOperation.EndHold(HOLD.name(), 9, item),
                new SlotOperation.DropItem());
    }

    @ParameterizedTest
    @MethodSource("records")
    void slotsAndOperations_comeBackEqual(Object value) {
        assertThat(throughBytes(value)).isEqualTo(value);
    }

    @Test
    void processor_travelsWithoutWhatItsProcessRemembers() {
        SlotProcessor processor = new SlotProcessor(new SlotOperation.DropItem(), new RecentChanges());

        assertThat(throughBytes(processor)).isInstanceOf(SlotProcessor.class);
        assertThat(codec.encode(processor)).hasSizeLessThan(500);
    }

    @Test
    void entries_thatHibernateMakes() {
        try (CachedRegions regions = CachedRegions.withMaximum(100);
                CachedDatabase database = CachedDatabase.open(Map.of(
                        "hibernate.fyercache.cache_manager",
                        regions.manager(),
                        "hibernate.fyercache.clock_difference",
                        "0s"))) {
            Account account = new Account(1, "A1", 100);
            account.owners().add("Ada");
            database.run(session -> {
                session.persist(account);
                session.persist(new Counter(1));
                session.persist(new Country("fr", "France"));
            });
            database.run(session ->
                    assertThat(session.find(Account.class, 1).owners()).hasSize(1));

            String accounts = Account.class.getName();
            for (String region : List.of(
                    accounts,
                    accounts + ".owners",
                    accounts + "##NaturalId",
                    Counter.class.getName(),
                    Country.class.getName())) {
                Cache<Object, Object> cache = regions.manager().getCache(region);
                assertThat(cache).as(region).hasSize(1).allSatisfy(entry -> {
                    assertThat(codec.decode(codec.encodeKey(entry.getKey()))).isEqualTo(entry.getKey());
                    assertThat(throughBytes(entry.getValue())).hasSameClassAs(entry.getValue());
                });
            }
        }
    }
}
