package io.fyercache.sharded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.time.ManualClock;
import io.fyercache.sharded.event.ClusterEvent.ChangesGivenUp;
import io.fyercache.sharded.event.ClusterEvent.Kind;
import io.fyercache.sharded.event.ClusterEvent.PartitionsTakenOver;
import io.fyercache.sharded.node.ClusterEvents.Registration;
import io.fyercache.sharded.node.ClusterEvents.Told;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventJournalTest {
    private final EventJournal journal =
            new EventJournal(new ManualClock(0), getClass().getClassLoader());
    private final List<Told> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        journal.close();
    }

    private List<Long> numbersHeard() {
        return heard.stream().map(Told::number).toList();
    }

    @Test
    void latestEvents_areKept_andAllAreCounted() {
        for (int partition = 0; partition < ClusterEvents.KEPT + 2; partition++) {
            journal.note(new ChangesGivenUp(partition));
        }
        journal.note(new PartitionsTakenOver(List.of(1, 2, 3)));

        assertThat(journal.latest()).hasSize(ClusterEvents.KEPT);
        assertThat(journal.latest().get(0).number()).isEqualTo(4);
        assertThat(journal.latest().get(0).event()).isEqualTo(new ChangesGivenUp(3));
        assertThat(journal.count(Kind.CHANGES_GIVEN_UP)).isEqualTo(ClusterEvents.KEPT + 2);
        assertThat(journal.count(Kind.PARTITIONS_TAKEN_OVER)).isEqualTo(3);
        assertThat(journal.count(Kind.PARTITIONS_LOST)).isZero();
    }

    @Test
    void listeners_areToldInOrder_whateverOthersThrow_untilTheyEnd() {
        Registration failing = journal.listen(told -> {
            throw new IllegalStateException("a listener that fails");
        });
        Registration listening = journal.listen(heard::add);
        for (int partition = 0; partition < 100; partition++) {
            journal.note(new ChangesGivenUp(partition));
        }
        await().until(() -> heard.size() == 100);
        assertThat(numbersHeard()).isSorted().startsWith(1L).endsWith(100L);

        listening.close();
        listening.close();
        CountDownLatch last = new CountDownLatch(1);
        failing.close();
        journal.listen(told -> last.countDown());
        journal.note(new ChangesGivenUp(7));

        await().until(() -> last.getCount() == 0);
        assertThat(heard).hasSize(100);
    }

    @Test
    void listenerThatIsBehind_missesEvents_andHoldsUpNobody() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        journal.listen(told -> {
            heard.add(told);
            busy.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        journal.note(new ChangesGivenUp(0));
        busy.await();
        for (int event = 1; event <= ClusterEvents.WAITING + 5; event++) {
            journal.note(new ChangesGivenUp(event));
        }

        mayGoOn.countDown();

        await().until(() -> heard.size() == 1 + ClusterEvents.WAITING);
        assertThat(journal.count(Kind.CHANGES_GIVEN_UP)).isEqualTo(ClusterEvents.WAITING + 6);
    }
}
