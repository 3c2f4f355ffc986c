package io.fyercache.sharded.listening;

import static io.fyercache.sharded.listening.ListeningTimes.PATIENCE_NANOS;
import static io.fyercache.sharded.listening.ListeningTimes.RESEND_NANOS;
import static io.fyercache.sharded.listening.ListeningTimes.SILENCE_NANOS;
import static io.fyercache.sharded.listening.Placed.change;
import static io.fyercache.sharded.listening.Placed.changes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.PlacedChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** V3, V4, the member's side. */
class ChangeSenderTest {
    private static final int PARTITION = 1;
    private static final long SECOND = 1_000_000_000;

    private final Notes notes = new Notes();
    private final ChangeSender sender = new ChangeSender(notes, 0);
    private long now;

    /** Notes what a sender wants. */
    private static final class Notes implements ChangeSender.Host {
        final List<Changes> sent = new ArrayList<>();
        final List<Long> receivers = new ArrayList<>();
        final List<Long> arrived = new ArrayList<>();
        final List<ListenerFailure> failures = new ArrayList<>();
        final TreeSet<Long> listening = new TreeSet<>(List.of(7L, 8L));
        final TreeSet<Long> toForget = new TreeSet<>();

        @Override
        public void send(long client, Changes message) {
            receivers.add(client);
            sent.add(message);
        }

        @Override
        public void arrived(int partition, long generation, long number) {
            arrived.add(number);
        }

        @Override
        public void failed(int partition, long generation, List<ListenerFailure> thrown) {
            failures.addAll(thrown);
        }

        @Override
        public int partitions() {
            return PARTITION + 1;
        }

        @Override
        public Collection<Long> listeners(int partition) {
            return partition == PARTITION ? List.copyOf(listening) : List.of();
        }

        @Override
        public void forget(int partition, long client) {
            toForget.add(client);
        }
    }

    private void commit(long entry, long... clients) {
        sender.changed(PARTITION, Placed.committed(1, entry, 10, clients), now);
    }

    private void heard(long client, long entry) {
        sender.onHeard(client, new ChangesHeard(PARTITION, 1, PlacedChange.place(entry, 0), List.of()), now);
    }

    private void tick(long nanos) {
        now += nanos;
        sender.onTick(now);
    }

    private static Changes told(long after, long... entries) {
        return new Changes(PARTITION, 1, after == 0 ? 0 : PlacedChange.place(after, 0), changes(entries));
    }

    // ---- the way

    @Test
    void changes_areToldAtOnce_andNameTheOneBefore() {
        commit(5, 7);
        commit(6, 7);
        assertThat(notes.sent).containsExactly(told(0, 5), told(5, 6));

        heard(7, 6);
        commit(9, 7);
        assertThat(notes.sent).endsWith(told(0, 9));
    }

    @Test
    void arrived_isWhatTheSlowestHasHeard() {
        commit(5, 7, 8);
        commit(6, 7);
        heard(7, 6);
        assertThat(notes.arrived).containsExactly(4L);

        heard(8, 5);
        assertThat(notes.arrived).containsExactly(4L, 6L);
    }

    @Test
    void whatIsNotHeard_isToldAgain_onePartFirst() {
        commit(5, 7);
        commit(6, 7);
        notes.sent.clear();
        tick(RESEND_NANOS - 1);
        assertThat(notes.sent).isEmpty();

        tick(1);
        assertThat(notes.sent).containsExactly(told(0, 5, 6));
    }

    @Test
    void whatIsNotHeard_isToldAgainInTime_howeverMuchFollowsIt() {
        commit(5, 7);
        tick(RESEND_NANOS / 2);
        commit(6, 7);
        notes.sent.clear();

        tick(RESEND_NANOS / 2);

        assertThat(notes.sent).containsExactly(told(0, 5, 6));
    }

    @Test
    void whatIsHeard_putsOffThatTheRestIsToldAgain() {
        commit(5, 7);
        commit(6, 7);
        tick(RESEND_NANOS / 2);
        heard(7, 5);
        notes.sent.clear();

        tick(RESEND_NANOS / 2);
        assertThat(notes.sent).isEmpty();
        tick(RESEND_NANOS / 2);
        assertThat(notes.sent).containsExactly(told(0, 6));
    }

    @Test
    void window_bounds_whatIsUnderWay() {
        int bytes = ChangeLine.PART_BYTES;
        for (long entry = 1; entry <= 10; entry++) {
            sender.changed(PARTITION, Placed.committed(1, entry, bytes, 7), now);
        }
        assertThat(notes.sent).hasSize(ChangeLine.WINDOW_BYTES / ChangeLine.PART_BYTES);

        heard(7, 1);
        assertThat(notes.sent.get(notes.sent.size() - 1).changes()).containsExactly(change(5, bytes));
    }

    @Test
    void failures_areHandedOn_beforeTheArrival() {
        ListenerFailure failure = new ListenerFailure(PlacedChange.place(5, 0), "no");
        commit(5, 7);
        sender.onHeard(7, new ChangesHeard(PARTITION, 1, 0, List.of(failure)), now);

        assertThat(notes.failures).containsExactly(failure);
        assertThat(notes.arrived).isEmpty();
    }

    @Test
    void newGeneration_dropsWhatWasUnderWay() {
        commit(5, 7);
        sender.changed(PARTITION, Placed.committed(2, 1, 10, 7), now);
        heard(7, 5); // of the first generation
        assertThat(notes.arrived).isEmpty();

        sender.onHeard(7, new ChangesHeard(PARTITION, 2, PlacedChange.place(1, 0), List.of()), now);
        assertThat(notes.arrived).containsExactly(1L);
    }

    // ---- those who are given up

    @Test
    void silentProcess_isToBeForgotten_withNothingToTell() {
        sender.onBeat(7, now);
        sender.onBeat(8, now);
        for (long elapsed = 0; elapsed < SILENCE_NANOS - SECOND; elapsed += SECOND) {
            tick(SECOND);
            sender.onBeat(8, now);
        }
        assertThat(notes.toForget).isEmpty();

        tick(SECOND);
        assertThat(notes.toForget).containsExactly(7L);
    }

    /** A process that has not learned of this member yet cannot have said anything. */
    @Test
    void processNeverHeard_hasItsTime() {
        tick(100 * SECOND);
        assertThat(notes.toForget).isEmpty();
        tick(SILENCE_NANOS);
        assertThat(notes.toForget).containsExactly(7L, 8L);
    }

    @Test
    void whatASilentProcessShouldHear_hasNotArrived_untilItIsForgottenHere() {
        sender.onBeat(7, now);
        commit(5, 7);
        tick(SILENCE_NANOS);
        tick(SECOND);
        assertThat(notes.toForget).contains(7L);
        assertThat(notes.arrived).isEmpty();

        notes.listening.remove(7L);
        tick(SECOND);
        assertThat(notes.arrived).containsExactly(5L);
    }

    @Test
    void processThatTakesNothing_isToBeForgotten_heardOrNot() {
        commit(5, 7);
        for (long elapsed = 0; elapsed < PATIENCE_NANOS - SECOND; elapsed += SECOND) {
            tick(SECOND);
            sender.onBeat(7, now);
            sender.onBeat(8, now);
        }
        assertThat(notes.toForget).isEmpty();

        tick(SECOND);
        assertThat(notes.toForget).containsExactly(7L);
    }

    @Test
    void processForWhichTooMuchWaits_isToBeForgotten() {
        int bytes = 4 << 20;
        for (long entry = 1; entry <= ChangeLine.MAX_BYTES / bytes; entry++) {
            sender.changed(PARTITION, Placed.committed(1, entry, bytes, 7), now);
        }
        sender.onBeat(7, now);
        sender.onBeat(8, now);
        tick(1);

        assertThat(notes.toForget).containsExactly(7L);
    }

    /** B6. */
    @Test
    void processForWhichNobodyWaitsAnyMore_isToBeForgotten() {
        commit(5, 7, 8);
        commit(6, 8);
        heard(7, 5);
        sender.givenUp(PARTITION, 1, 5);
        sender.onBeat(7, now);
        sender.onBeat(8, now);
        tick(1);

        assertThat(notes.toForget).containsExactly(8L);
    }

    @Test
    void whatIsGivenUp_ofAnotherGenerationOrOfNothing_changesNothing() {
        sender.givenUp(PARTITION, 1, 5);
        commit(5, 8);
        sender.givenUp(PARTITION, 2, 5);
        sender.onBeat(8, now);
        tick(1);

        assertThat(notes.toForget).isEmpty();
    }

    @Test
    void progress_givesTimeAgain() {
        commit(5, 7);
        commit(6, 7);
        tick(PATIENCE_NANOS - 1);
        sender.onBeat(8, now);
        heard(7, 5);
        notes.toForget.clear();
        tick(1);

        assertThat(notes.toForget).isEmpty();
    }
}
