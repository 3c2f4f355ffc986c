package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.sharded.message.Answer.Done;
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
import io.fyercache.sharded.topology.KeyHash;
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
            public void carriedOut(Effect effect, StoredEntry before) {}

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

        assertThat(log.after(490))
                .extracting(LogEntry::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(491, 1_000).boxed().toList());
        assertThat(log.commit(700))
                .extracting(LogEntry::number)
                .hasSize(200)
                .startsWith(501L)
                .endsWith(700L);
        log.replaceAfter(600, List.of(put(700, 1, "v700"), put(701, 2, "other")));
        assertThat(log.after(699)).containsExactly(put(700, 1, "v700"), put(701, 2, "other"));
    }

    @Test
    void forget_keepsWhatIsNotCommitted() {
        LoggedCopy copy = copyOf(1, 2, 3);
        commit(copy, 2);

        copy.log().forget(3);

        assertThat(copy.log().after(2)).extracting(LogEntry::number).containsExactly(3L);
        assertThat(copy.log().after(3)).isEmpty();
        assertThatThrownBy(() -> copy.log().after(1)).hasMessage("entries after 1 (expected: from 2 on)");
    }

    @Test
    void replaceAfter_dropsWhatTheNewPrimaryDoesNotHave_butNothingCommitted() {
        LoggedCopy copy = copyOf(1, 2, 3);
        commit(copy, 2);

        copy.log().replaceAfter(1, List.of(put(2, 1, "v2"), put(3, 2, "other")));

        assertThat(copy.log().last()).isEqualTo(3);
        assertThat(copy.log().after(2)).containsExactly(put(3, 2, "other"));
        copy.log().replaceAfter(2, List.of());
        assertThat(copy.log().last()).isEqualTo(2);
    }

    @Test
    void fill_bucketAsOfALaterEntry_isNotChangedByEarlierOnes() {
        LoggedCopy copy = LoggedCopy.toBeFilled(0);
        copy.log().append(put(1, 1, "v1"));
        copy.log().append(put(2, 1, "v2"));
        copy.log().append(put(3, 1, "v3"));

        copy.copy().fill(KEY.bucket(), 2, Map.of(KEY, stored("v2")));
        commit(copy, 1);
        assertThat(copy.copy().find(KEY)).isEqualTo(stored("v2"));
        commit(copy, 3);

        assertThat(copy.copy().find(KEY)).isEqualTo(stored("v3"));
    }

    @Test
    void apply_bucketThatIsMissing_leavesItMissing_andALaterOneComplete() {
        LoggedCopy copy = LoggedCopy.toBeFilled(0);
        copy.log().append(put(1, 1, "v1"));
        commit(copy, 1);
        assertThat(copy.copy().find(KEY)).isNull();

        copy.copy().fill(KEY.bucket(), 1, Map.of(KEY, stored("v1")));
        copy.copy().fill(KEY.bucket(), 2, Map.of());

        assertThat(copy.copy().find(KEY)).isEqualTo(stored("v1"));
    }

    @Test
    void filled_countsTheFirstBucketsWithoutAGap() {
        PartitionCopy copy = PartitionCopy.toBeFilled();

        copy.fill(1, 0, Map.of());
        assertThat(copy.filled()).isZero();
        copy.fill(0, 0, Map.of());
        assertThat(copy.filled()).isEqualTo(2);
        assertThat(PartitionCopy.empty().filled()).isEqualTo(KeyHash.BUCKETS);
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
        assertThat(results.all()).hasSize(1);
        results.forgetBefore(10 + ResultTable.MEMORY_MILLIS);
        assertThat(results.all()).hasSize(1);
        results.forgetBefore(11 + ResultTable.MEMORY_MILLIS);
        assertThat(results.all()).isEmpty();
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
