package io.fyercache.sharded.listening;

import static io.fyercache.sharded.listening.Placed.change;
import static io.fyercache.sharded.listening.Placed.changes;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** V4, the side of a process that listens. */
class ChangeReceiverTest {
    private static final int PARTITION = 1;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);

    private final Notes notes = new Notes();
    private final ChangeReceiver receiver = new ChangeReceiver(notes, Rules.ALL);

    private static final class Notes implements ChangeReceiver.Host {
        final List<Incarnation> receivers = new ArrayList<>();
        final List<ChangesHeard> sent = new ArrayList<>();
        final List<List<PlacedChange>> toTell = new ArrayList<>();

        @Override
        public void send(Incarnation member, ClientMessage message) {
            receivers.add(member);
            sent.add((ChangesHeard) message);
        }

        @Override
        public void tell(int partition, List<PlacedChange> changes) {
            toTell.add(changes);
        }

        ChangesHeard last() {
            return sent.get(sent.size() - 1);
        }
    }

    private void say(Incarnation from, long after, long... entries) {
        receiver.onChanges(
                from, new Changes(PARTITION, 1, after == 0 ? 0 : PlacedChange.place(after, 0), changes(entries)));
    }

    private void told(String... failures) {
        long place = notes.toTell.get(notes.toTell.size() - 1).get(0).place();
        receiver.told(
                PARTITION,
                Arrays.stream(failures)
                        .map(each -> new ListenerFailure(place, each))
                        .toList());
    }

    @Test
    void changes_areConfirmed_whenListenersHaveBeenTold() {
        say(ONE, 0, 5, 6);
        assertThat(notes.toTell).containsExactly(changes(5, 6));
        assertThat(notes.last().place()).isZero();

        told();
        assertThat(notes.last()).isEqualTo(new ChangesHeard(PARTITION, 1, PlacedChange.place(6, 0), List.of()));
    }

    @Test
    void listeners_areToldOneThingAfterTheOther() {
        say(ONE, 0, 5);
        say(ONE, 5, 6);
        say(ONE, 6, 7);
        assertThat(notes.toTell).containsExactly(changes(5));

        told();
        assertThat(notes.toTell).containsExactly(changes(5), changes(6, 7));
    }

    @Test
    void repeatedChanges_areToldOnce_whoeverRepeatsThem() {
        say(ONE, 0, 5, 6);
        told();
        say(TWO, 0, 5, 6, 7);

        assertThat(notes.toTell).containsExactly(changes(5, 6), changes(7));
        told();
        assertThat(notes.receivers).endsWith(TWO);
        assertThat(notes.last().place()).isEqualTo(PlacedChange.place(7, 0));
    }

    @Test
    void changesBeforeWhichSomethingIsMissing_wait() {
        say(ONE, 5, 6);
        assertThat(notes.toTell).isEmpty();
        assertThat(notes.last().place()).isZero();

        say(ONE, 0, 5, 6);
        assertThat(notes.toTell).containsExactly(changes(5, 6));
    }

    @Test
    void earlierGeneration_isOver_andALaterOneBeginsAnew() {
        say(ONE, 0, 5);
        told();
        receiver.onChanges(TWO, new Changes(PARTITION, 2, 0, List.of(change(1))));
        told();
        say(ONE, 5, 6);

        assertThat(notes.toTell).containsExactly(changes(5), changes(1));
        assertThat(notes.last()).isEqualTo(new ChangesHeard(PARTITION, 2, PlacedChange.place(1, 0), List.of()));
    }

    /** What was thrown by listeners who were told of an earlier generation says nothing of this one. */
    @Test
    void generationThatBeginsWhileListenersAreTold_hasNotHeardAnything() {
        say(ONE, 0, 5);
        receiver.onChanges(TWO, new Changes(PARTITION, 2, 0, List.of(change(1))));
        told("of the first");

        assertThat(notes.last()).isEqualTo(new ChangesHeard(PARTITION, 2, 0, List.of()));
        assertThat(notes.toTell).containsExactly(changes(5), changes(1));
    }

    @Test
    void whatListenersThrow_isSaidUntilItIsKnown() {
        say(ONE, 0, 5);
        told("no");
        assertThat(notes.last().failures()).extracting(ListenerFailure::message).containsExactly("no");
        say(TWO, 0, 5);
        assertThat(notes.last().failures()).hasSize(1);

        say(TWO, 0, 6);
        assertThat(notes.last().failures()).isEmpty();
    }

    @Test
    void manyFailures_areSaidAsFarAsThereIsRoom() {
        say(ONE, 0, 5);
        told(LongStream.range(0, ListenerFailure.MAX_FAILURES + 5)
                .mapToObj(Long::toString)
                .toArray(String[]::new));

        assertThat(notes.last().failures())
                .hasSize(ListenerFailure.MAX_FAILURES)
                .extracting(ListenerFailure::message)
                .startsWith("5");
    }
}
