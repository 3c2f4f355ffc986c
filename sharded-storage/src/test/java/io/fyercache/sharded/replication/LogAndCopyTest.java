package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.BinarySize;
import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Origin;
import io.fyercache.sharded.message.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The log of a copy, what it makes of the copy, and what is remembered of operations. */
class LogAndCopyTest {
    private static final EntryKey KEY = new EntryKey(0, new EncodedKey(bytes("k")));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static StoredEntry stored(String value) {
        return new StoredEntry(new EncodedValue(bytes(value)), Long.MAX_VALUE);
    }

    private static LogEntry put(long number, long epoch, String value) {
        StoredEntry stored = stored(value);
        return new LogEntry(
                number,
                epoch,
                number,
                new Origin(new OperationId(1, number), number - 1),
                List.of(new Effect.Store(KEY, stored.value(), stored.deadlineMillis(), Notice.NONE)),
                Done.NOTHING);
    }

    private static List<LogEntry> all(ReplicaLog log, long after) {
        return log.part(after, log.last(), Long.MAX_VALUE);
    }

    private static LoggedCopy copyOf(long... numbers) {
        LoggedCopy copy = LoggedCopy.empty();
        for (long number : numbers) {
            copy.log().append(put(number, 1, "v" + number));
        }
        return copy;
    }

    /** Returns the numbers of the entries that are carried out. */
    private static List<Long> commit(LoggedCopy copy, long number) {
        List<Long> committed = new ArrayList<>();
        copy.commit(number, new CommitWitness() {
            @Override
            public void carriedOut(long number, Effect effect, StoredEntry before) {}

            @Override
            public void committed(LogEntry entry) {
                committed.add(entry.number());
            }
        });
        return committed;
    }

    @Test
    void told_isWhatIsCommitted_unlessChangesAreUnderWay() {
        LoggedCopy copy = copyOf(1, 2, 3, 4);
        ReplicaLog log = copy.log();
        commit(copy, 1);
        assertThat(log.told()).isEqualTo(1);

        commit(copy, 2);
        log.changesHandedOver(2);
        commit(copy, 3);
        assertThat(log.told()).isEqualTo(1);
        log.changesArrived(2);
        assertThat(log.told()).isEqualTo(3);
        commit(copy, 4);
        log.changesHandedOver(4);
        assertThat(log.told()).isEqualTo(3);
        log.changesArrived(1); // It has been under way for long.
        assertThat(log.told()).isEqualTo(3);
    }

    @Test
    void append_notTheNext_refused() {
        ReplicaLog log = copyOf(1).log();

        assertThatThrownBy(() -> log.append(put(3, 1, "v"))).hasMessage("entry 3 (expected: 2)");
        assertThatThrownBy(() -> log.append(put(1, 1, "v"))).hasMessage("entry 1 (expected: 2)");
    }

    @Test
    void commit_carriesOutEachEntryOnce_asFarAsTheyAreHere() {
        LoggedCopy copy = copyOf(1, 2);

        assertThat(copy.copy().find(KEY)).isNull();
        assertThat(commit(copy, 1)).containsExactly(1L);
        assertThat(copy.copy().find(KEY)).isEqualTo(stored("v1"));
        assertThat(commit(copy, 5)).containsExactly(2L);
        assertThat(commit(copy, 2)).isEmpty();
        assertThat(copy.log().committed()).isEqualTo(2);
        assertThat(copy.copy().find(KEY)).isEqualTo(stored("v2"));
    }

    @Test
    void log_holdsWhatIsNotForgotten_howeverMuchThatIs() {
        ReplicaLog log = new ReplicaLog(100);
        for (long number = 101; number <= 1_000; number++) {
            log.append(put(number, 1, "v" + number));
            if (number <= 500) {
                log.commit(number);
                log.forget(number - 10);
            }
        }

        assertThat(all(log, 490))
                .extracting(LogEntry::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(491, 1_000).boxed().toList());
        assertThat(log.commit(700))
                .extracting(LogEntry::number)
                .hasSize(200)
                .startsWith(501L)
                .endsWith(700L);
        log.replace(put(701, 2, "other"));
        assertThat(all(log, 699)).containsExactly(put(700, 1, "v700"), put(701, 2, "other"));
    }

    @Test
    void forget_keepsWhatIsNotCommitted() {
        LoggedCopy copy = copyOf(1, 2, 3);
        commit(copy, 2);

        copy.log().forget(3);

        assertThat(all(copy.log(), 2)).extracting(LogEntry::number).containsExactly(3L);
        assertThat(all(copy.log(), 3)).isEmpty();
        assertThatThrownBy(() -> all(copy.log(), 1)).hasMessage("entries after 1 (expected: from 2 on)");
    }

    @Test
    void replace_entryOfAnotherEpoch_dropsWhatFollows() {
        ReplicaLog log = copyOf(1, 2, 3, 4).log();

        log.replace(put(2, 1, "v2"));
        assertThat(log.last()).isEqualTo(4);
        log.replace(put(3, 2, "other"));

        assertThat(log.last()).isEqualTo(3);
        assertThat(all(log, 2)).containsExactly(put(3, 2, "other"));
        log.replace(put(4, 2, "next"));
        assertThat(log.last()).isEqualTo(4);
    }

    @Test
    void dropAfter_keepsWhatIsCommitted() {
        LoggedCopy copy = copyOf(1, 2, 3);
        commit(copy, 2);

        copy.log().dropAfter(1);

        assertThat(copy.log().last()).isEqualTo(2);
    }

    @Test
    void part_hasAsManyEntriesAsFit_andAtLeastOne() {
        ReplicaLog log = copyOf(1, 2, 3, 4).log();
        long each = BinarySize.of(put(1, 1, "v1"));

        assertThat(log.part(1, 4, 2 * each)).extracting(LogEntry::number).containsExactly(2L, 3L);
        assertThat(log.part(1, 4, 2 * each - 1)).extracting(LogEntry::number).containsExactly(2L);
        assertThat(log.part(1, 4, 1)).extracting(LogEntry::number).containsExactly(2L);
        assertThat(log.part(1, 2, 100 * each)).extracting(LogEntry::number).containsExactly(2L);
        assertThat(log.part(4, 4, 100 * each)).isEmpty();
    }

    @Test
    void bytes_areThoseOfTheEntriesInBetween_whateverCameAndWent() {
        LoggedCopy copy = copyOf(1, 2, 3);
        ReplicaLog log = copy.log();
        long each = BinarySize.of(put(1, 1, "v1"));
        commit(copy, 2);
        log.forget(2);
        log.dropAfter(2);
        log.append(put(3, 2, "v3"));
        log.append(put(4, 2, "longer"));

        assertThat(log.bytes(2, 3)).isEqualTo(each);
        assertThat(log.bytes(2, 4)).isEqualTo(2 * each + 4);
        assertThat(log.bytes(3, 3)).isZero();
    }

    @Test
    void apply_keyThatIsNotReached_leavesItMissing_andTheNextPartHasIt() {
        LoggedCopy copy = LoggedCopy.toBeFilled(0);
        CopyPosition before = new CopyPosition.Entries(KEY.bucket(), null);
        CopyPosition at = new CopyPosition.Entries(KEY.bucket(), KEY);
        copy.log().append(put(1, 1, "v1"));
        copy.log().append(put(2, 1, "v2"));

        copy.copy().fill(List.of(), Map.of(), before);
        commit(copy, 1);
        assertThat(copy.copy().find(KEY)).isNull();
        copy.copy().fill(List.of(), Map.of(KEY, stored("v1")), at);
        assertThat(copy.copy().find(KEY)).isEqualTo(stored("v1"));
        commit(copy, 2);

        assertThat(copy.copy().find(KEY)).isEqualTo(stored("v2"));
    }

    @Test
    void fill_partThatReachesLess_changesNothing() {
        PartitionCopy copy = PartitionCopy.toBeFilled();
        CopyPosition half = new CopyPosition.Entries(32, null);

        copy.fill(List.of(), Map.of(), half);
        copy.fill(List.of(), Map.of(), new CopyPosition.Entries(31, null));
        assertThat(copy.reached()).isEqualTo(half);
        copy.fill(List.of(), Map.of(), CopyPosition.END);

        assertThat(copy.reached()).isEqualTo(PartitionCopy.empty().reached());
    }

    @Test
    void results_areKnownUntilTheClientHasThem() {
        LoggedCopy copy = copyOf(1, 2);
        commit(copy, 1);
        ResultTable results = copy.copy().results();

        assertThat(results.find(new OperationId(1, 1))).isEqualTo(Done.NOTHING);
        assertThat(results.find(new OperationId(1, 2))).isNull();
        assertThat(results.find(new OperationId(2, 1))).isNull();

        results.add(new Origin(new OperationId(1, 5), 5), new Done(new OperationResult.Flag(true), 0), 10);

        assertThat(results.find(new OperationId(1, 1))).isNull();
        assertThat(results.isAcknowledged(new OperationId(1, 1))).isTrue();
        assertThat(results.isAcknowledged(new OperationId(1, 5))).isFalse();
        assertThat(results.find(new OperationId(1, 5))).isEqualTo(new Done(new OperationResult.Flag(true), 0));
        results.forgetBefore(10 + ResultTable.MEMORY_MILLIS);
        assertThat(results.find(new OperationId(1, 5))).isNotNull();
        results.forgetBefore(11 + ResultTable.MEMORY_MILLIS);
        assertThat(results.next(null)).isNull();
    }

    @Test
    void results_ofACopyThatComeLate_makeNobodyForgottenEarlier() {
        ResultTable results = new ResultTable();
        results.add(new Origin(new OperationId(1, 5), 5), Done.NOTHING, 20);
        results.add(new Origin(new OperationId(1, 6), 5), Done.NOTHING, 10);
        results.add(new Origin(new OperationId(1, 4), 3), Done.NOTHING, 10);

        results.forgetBefore(20 + ResultTable.MEMORY_MILLIS);

        assertThat(results.next(null)).isNotNull();
        assertThat(results.find(new OperationId(1, 4))).as("the client has it").isNull();
    }

    @Test
    void digest_sameContentInAnotherOrder_isTheSame() {
        EntryKey other = new EntryKey(1, KEY.key());
        PartitionCopy one = PartitionCopy.empty();
        PartitionCopy two = PartitionCopy.empty();
        one.apply(put(1, 1, "v"), CommitWitness.NONE);
        one.apply(put(2, 1, other), CommitWitness.NONE);
        two.apply(put(1, 1, other), CommitWitness.NONE);
        assertThat(one.digest()).isNotEqualTo(two.digest());
        two.apply(put(2, 1, "v"), CommitWitness.NONE);

        assertThat(one.digest()).isEqualTo(two.digest());
    }

    private static LogEntry put(long number, long epoch, EntryKey key) {
        return new LogEntry(
                number,
                epoch,
                number,
                null,
                List.of(new Effect.Store(key, stored("v").value(), Long.MAX_VALUE, Notice.NONE)),
                Done.NOTHING);
    }

    @Test
    void toString_ofKeyAndValue_tellsNeither() {
        assertThat(new EncodedKey(bytes("secret"))).asString().doesNotContain("secret");
        assertThat(new EncodedValue(bytes("secret"))).asString().doesNotContain("secret");
    }
}
