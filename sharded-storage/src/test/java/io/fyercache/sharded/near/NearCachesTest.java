package io.fyercache.sharded.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.client.CallOwner;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.NearAnswer;
import io.fyercache.sharded.message.ClientMessage.NearChanges;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.NearNews;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.OperationResult.NearValue;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.reading.NearEntries;
import io.fyercache.sharded.reading.NearEntry;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** N1 to N4, the side of a process, with one partition. */
class NearCachesTest {
    private static final long MILLIS = 1_000_000;
    private static final long STALENESS = 1_000 * MILLIS;
    private static final long PAUSE = STALENESS / 4;
    private static final int CACHE = 2;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);
    private static final EntryKey KEY = key("k");
    private static final Task PUT =
            new Task.Write(new io.fyercache.core.operation.EntryOperation.Put(value("any"), Long.MAX_VALUE));

    private final List<NearQuestion> questions = new ArrayList<>();
    private final List<Incarnation> asked = new ArrayList<>();
    private final HeldEntries entries = new HeldEntries();
    private NearCaches caches = caches(Rules.ALL);
    private NearCache near = caches.open(CACHE, entries, STALENESS);
    private long now = -7;
    private long number;
    private PartitionRecord record = PartitionRecord.initial(ONE);

    private static final class HeldEntries implements NearEntries {
        private final Map<EncodedKey, NearEntry> held = new HashMap<>();

        @Override
        public NearEntry find(EncodedKey key) {
            return held.get(key);
        }

        @Override
        public void put(EncodedKey key, NearEntry entry) {
            held.put(key, entry);
        }

        @Override
        public void remove(EncodedKey key) {
            held.remove(key);
        }

        @Override
        public void clear() {
            held.clear();
        }

        @Override
        public long size() {
            return held.size();
        }
    }

    private NearCaches caches(Rules rules) {
        return new NearCaches(this::sent, () -> now, rules);
    }

    private void sent(Incarnation member, ClientMessage message) {
        asked.add(member);
        questions.add((NearQuestion) message);
    }

    private void breaking(Rule rule) {
        caches = caches(Rules.without(rule));
        near = caches.open(CACHE, entries, STALENESS);
    }

    private static EntryKey key(String text) {
        return new EntryKey(CACHE, new EncodedKey(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static EncodedValue value(String text) {
        return new EncodedValue(text.getBytes(StandardCharsets.UTF_8));
    }

    private void install(PartitionRecord next) {
        record = next;
        caches.onTable(
                new VersionedTable(record.version(), PartitionTable.of(PartitionLayout.spread(1), List.of(record))));
    }

    private void tick(long nanos) {
        now += nanos;
        caches.onTick(now);
    }

    // ---- reads

    /** A read that is under way. */
    private CallOwner asks(EntryKey key) {
        return near.asking(key, Task.Read.READ, now, outcome -> {});
    }

    private static CallOutcome found(String text) {
        return found(text, NearValue.ENDLESS);
    }

    private static CallOutcome found(String text, long lifeMillis) {
        return new Answered(new NearValue(value(text), lifeMillis), CacheCounters.HIT);
    }

    private void reads(String text) {
        asks(KEY).completed(found(text));
    }

    private String nearValue() {
        Done done = near.read(KEY, Task.Read.READ);
        return done == null
                ? null
                : new String(((OperationResult.Value) done.result()).value().bytes(), StandardCharsets.UTF_8);
    }

    // ---- news

    private void answer(long sentNanos, NearNews news) {
        caches.onAnswer(new NearAnswer(sentNanos, List.of(news)), now);
    }

    private static NearNews news(long after, long upTo, EntryKey... keys) {
        return new NearNews(0, 1, after, upTo, List.of(keys));
    }

    /** Asks, and is answered at once that nothing has changed. */
    private void renew() {
        tick(PAUSE);
        answer(now, news(number, number));
    }

    /** A process that knows everything of the partition. */
    private void inStep() {
        install(record);
        reads("first");
        tick(1);
        number = 10;
        answer(now, news(number, number));
    }

    // ---- N1

    @Test
    void firstRead_hasThePrimaryAsked_andIsNotKept() {
        install(record);
        reads("v");
        assertThat(nearValue()).isNull();
        assertThat(questions).isEmpty();

        tick(1);

        assertThat(asked).containsExactly(ONE);
        assertThat(questions).containsExactly(new NearQuestion(now, List.of(new NearQuestion.Place(0, 0, 0))));
    }

    @Test
    void whatWasReadInStep_isReadAgainNear() {
        inStep();
        reads("v");

        assertThat(nearValue()).isEqualTo("v");
        assertThat(near.read(KEY, Task.Peek.PEEK)).isEqualTo(new Done(new OperationResult.Flag(true), 0));
        assertThat(near.read(key("other"), Task.Peek.PEEK)).isNull();
        assertThat(near.read(KEY, Task.Read.READ).tally()).isEqualTo(CacheCounters.HIT);
        assertThat(near.figures().hits()).isEqualTo(2);
        assertThat(near.figures().misses()).isEqualTo(2);
        assertThat(near.figures().size()).isEqualTo(1);
    }

    @Test
    void questions_areAskedFourTimesInTheStaleness_andSayHowMuchIsKnown() {
        inStep();
        questions.clear();
        tick(PAUSE - 1);
        assertThat(questions).isEmpty();

        tick(1);

        assertThat(questions).containsExactly(new NearQuestion(now, List.of(new NearQuestion.Place(0, 1, 10))));
    }

    @Test
    void nothingIsHeard_isReadNearUntilTheStalenessIsOver_fromWhenItWasAsked() {
        inStep();
        reads("v");
        now += STALENESS - 1;
        assertThat(nearValue()).isEqualTo("v");

        now++;

        assertThat(nearValue()).isNull();
    }

    @Test
    void answerThatComesLate_countsFromTheQuestion() {
        inStep();
        reads("v");
        long sent = now;
        now += STALENESS;
        answer(sent, news(10, 10));

        assertThat(nearValue()).isNull();
    }

    @Test
    void withoutTheRule_itCountsFromTheAnswer() {
        breaking(Rule.NEAR_LEASE_COUNTS_FROM_ASKING);
        inStep();
        reads("v");
        long sent = now;
        now += STALENESS;
        answer(sent, news(10, 10));

        assertThat(nearValue()).isEqualTo("v");
    }

    @Test
    void whoHasHeardNothingForLong_readsOnWhereNothingHasChanged() {
        inStep();
        reads("v");
        now += 5 * STALENESS;
        renew();

        assertThat(nearValue()).isEqualTo("v");
    }

    @Test
    void primaryThatTakesOver_isAskedAtOnce() {
        install(record.startJoin(TWO));
        install(record.expand(TWO));
        inStep();
        questions.clear();
        asked.clear();

        install(record.takeOver(TWO, List.of(ONE)));
        tick(1);

        assertThat(asked).containsExactly(TWO);
    }

    @Test
    void partitionThatIsNotRead_isAskedAboutNoMore() {
        inStep();
        reads("v");
        assertThat(nearValue()).isEqualTo("v");
        renew();
        now += NearTimes.IDLE_NANOS - PAUSE;
        renew();
        questions.clear();
        renew();
        renew();

        assertThat(questions).isEmpty();
        assertThat(nearValue()).isNull();
    }

    @Test
    void partitionWhoseCopyIsHere_isNotReadNear() {
        install(record.startJoin(TWO));
        inStep();
        reads("v");
        caches.livesAs(TWO);
        install(record.expand(TWO));
        assertThat(nearValue()).isNull();
        questions.clear();

        reads("v");
        tick(PAUSE);

        assertThat(questions).isEmpty();
        assertThat(nearValue()).isNull();
    }

    // ---- N2

    @Test
    void whatHasChanged_isReadNearNoMore() {
        inStep();
        reads("v");
        caches.onChanges(new NearChanges(List.of(news(10, 11, key("other")))));
        assertThat(nearValue()).isEqualTo("v");

        caches.onChanges(new NearChanges(List.of(news(11, 12, KEY))));

        assertThat(nearValue()).isNull();
        assertThat(near.figures().invalidations()).isEqualTo(2);
    }

    @Test
    void answerThatIsOvertakenByLaterNews_stillSaysSinceWhenAllIsKnown() {
        inStep();
        reads("v");
        now += STALENESS - 1;
        long sent = now;
        caches.onChanges(new NearChanges(List.of(news(10, 12))));
        answer(sent, news(10, 11));
        now += STALENESS - 1;

        assertThat(nearValue()).isEqualTo("v");
    }

    @Test
    void gap_dropsAllOfThePartition_untilThePrimaryWasAskedAgain() {
        inStep();
        reads("v");
        caches.onChanges(new NearChanges(List.of(news(11, 12))));
        assertThat(nearValue()).isNull();
        assertThat(near.figures().gaps()).isEqualTo(1);

        tick(1);
        number = 12;
        answer(now, news(12, 12));
        assertThat(nearValue()).isNull();

        reads("w");
        assertThat(nearValue()).isEqualTo("w");
    }

    @Test
    void withoutTheRule_aGapIsNotNoticed() {
        breaking(Rule.NEAR_GAP_DROPS_ALL);
        inStep();
        reads("v");
        caches.onChanges(new NearChanges(List.of(news(11, 12))));

        assertThat(nearValue()).isEqualTo("v");
    }

    @Test
    void lossOfThePartition_dropsAll_andEarlierGenerationsAreNotHeard() {
        inStep();
        reads("v");
        answer(now, new NearNews(0, 2, 0, 5, List.of()));
        assertThat(nearValue()).isNull();
        reads("w");

        answer(now, news(10, 11, KEY));

        assertThat(nearValue()).isEqualTo("w");
    }

    // ---- N3

    @Test
    void ownWrite_dropsTheEntry_beforeTheCallerHearsOfIt() {
        inStep();
        reads("v");
        List<String> atTheEnd = new ArrayList<>();
        CallOwner owner = near.asking(KEY, PUT, now, outcome -> atTheEnd.add(String.valueOf(nearValue())));
        assertThat(nearValue()).isEqualTo("v");

        owner.completed(new Answered(OperationResult.None.NONE, 0));

        assertThat(atTheEnd).containsExactly("null");
    }

    @Test
    void ownWriteOfUnknownOutcome_dropsTheEntry() {
        inStep();
        reads("v");
        near.asking(KEY, PUT, now, outcome -> {}).completed(CallOutcome.OutcomeUnknown.OUTCOME_UNKNOWN);

        assertThat(nearValue()).isNull();
    }

    @Test
    void readThatAWriteHasOvertaken_isNotKept() {
        inStep();
        CallOwner read = asks(KEY);
        near.asking(KEY, PUT, now, outcome -> {}).completed(new Answered(OperationResult.None.NONE, 0));
        read.completed(found("old"));
        assertThat(nearValue()).isNull();

        reads("new");
        assertThat(nearValue()).isEqualTo("new");
    }

    @Test
    void readThatNewsHasOvertaken_isNotKept() {
        inStep();
        CallOwner read = asks(KEY);
        caches.onChanges(new NearChanges(List.of(news(10, 11, KEY))));
        read.completed(found("old"));

        assertThat(nearValue()).isNull();
    }

    @Test
    void withoutTheRule_itIsKept() {
        breaking(Rule.NEAR_FILL_IS_STAMPED);
        inStep();
        CallOwner read = asks(KEY);
        caches.onChanges(new NearChanges(List.of(news(10, 11, KEY))));
        read.completed(found("old"));

        assertThat(nearValue()).isEqualTo("old");
    }

    @Test
    void readThatAGapHasOvertaken_isNotRead() {
        inStep();
        CallOwner read = asks(KEY);
        caches.onChanges(new NearChanges(List.of(news(11, 12))));
        answer(now, news(12, 12));
        read.completed(found("old"));

        assertThat(nearValue()).isNull();
    }

    @Test
    void readsThatOverlap_andFindTheSame_areKept() {
        inStep();
        CallOwner one = asks(KEY);
        CallOwner two = asks(KEY);
        two.completed(found("v"));
        assertThat(nearValue()).isEqualTo("v");
        CallOwner three = asks(KEY);
        one.completed(found("v"));
        three.completed(found("v"));

        assertThat(nearValue()).isEqualTo("v");
    }

    /** Which of them is the later one nobody knows. */
    @Test
    void readsThatOverlap_andFindDifferentValues_areNotKept() {
        inStep();
        CallOwner one = asks(KEY);
        CallOwner two = asks(KEY);
        one.completed(found("new"));
        two.completed(found("old"));
        assertThat(nearValue()).isNull();

        reads("new");
        assertThat(nearValue()).isEqualTo("new");
    }

    @Test
    void readThatWasOvertaken_andFindsAnotherValueThanALaterOne_dropsIt() {
        inStep();
        CallOwner early = asks(KEY);
        near.asking(KEY, PUT, now, outcome -> {}).completed(new Answered(OperationResult.None.NONE, 0));
        CallOwner late = asks(KEY);
        late.completed(found("new"));
        assertThat(nearValue()).isEqualTo("new");
        early.completed(found("newest"));
        assertThat(nearValue()).isNull();

        CallOwner later = asks(KEY);
        CallOwner absent = near.asking(KEY, Task.Read.READ, now, outcome -> {});
        absent.completed(new Answered(OperationResult.None.NONE, CacheCounters.MISS));
        later.completed(found("new"));
        assertThat(nearValue()).isNull();
    }

    @Test
    void readThatFails_changesNothing() {
        inStep();
        CallOwner failing = asks(KEY);
        reads("v");
        failing.completed(CallOutcome.TimedOut.TIMED_OUT);

        assertThat(nearValue()).isEqualTo("v");
    }

    @Test
    void readThatBeganBeforeAllWasKnown_dropsWhatIsOlder() {
        install(record);
        CallOwner early = asks(KEY);
        tick(1);
        answer(now, news(10, 10));
        reads("v");
        early.completed(found("newer"));

        assertThat(nearValue()).isNull();
    }

    @Test
    void valueThatWasLoaded_isKeptFromTheNextReadOn() {
        inStep();
        asks(KEY).completed(new Answered(new OperationResult.Value(value("v")), CacheCounters.MISS));
        assertThat(nearValue()).isNull();
    }

    @Test
    void clear_dropsAllEntries_andWhatIsBeingRead() {
        inStep();
        reads("v");
        CallOwner other = asks(key("other"));
        near.asking(EntryKey.ofAll(CACHE), new Task.Clear(CachePosition.START), now, outcome -> {})
                .completed(new Answered(new OperationResult.Keys(List.of(), CachePosition.END), 0));
        other.completed(found("v"));

        assertThat(nearValue()).isNull();
        assertThat(near.figures().size()).isZero();
    }

    @Test
    void entryThatExpires_isReadNearUntilThen_lessWhatClocksMayDiffer() {
        inStep();
        asks(KEY).completed(found("v", 500));
        now += 490 * MILLIS - 1;
        assertThat(nearValue()).isEqualTo("v");

        now++;

        assertThat(nearValue()).isNull();
    }

    // ---- the end

    @Test
    void close_dropsAll_andNobodyIsAskedAnyMore() {
        inStep();
        reads("v");
        questions.clear();
        caches.close(near);
        tick(PAUSE);

        assertThat(questions).isEmpty();
        assertThat(nearValue()).isNull();
        assertThat(near.figures().size()).isZero();
    }
}
