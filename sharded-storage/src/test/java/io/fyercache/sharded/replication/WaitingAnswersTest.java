package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.Allocation;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.PartitionMessage.Confirm;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R1 to R4: what an answer waits for. */
class WaitingAnswersTest {
    private static final Incarnation BACKUP = new Incarnation(2);
    private static final List<Incarnation> GRANTORS = List.of(BACKUP);
    private static final long EPOCH = 3;

    /** Bytes for each answer that waits and is given, of which there are two objects here and a few there. */
    private static final int ALLOCATED_PER_ANSWER = 400;

    private final SilentHost host = new SilentHost();
    private final WaitingAnswers answers = new WaitingAnswers(host, EPOCH);
    private long committed;

    private static Answer answer(long number) {
        return new Done(new OperationResult.Count(number), 0);
    }

    private void add(long answer, long number) {
        Request request =
                new Request(new OperationId(1, answer), 1, answer, 1, 1, Scene.key("k"), Request.Task.Read.READ);
        answers.add(request, answer(answer), number);
    }

    private void give(boolean leased) {
        answers.give(committed, GRANTORS, leased, 0);
    }

    @Test
    void leased_whatIsCommittedIsGiven() {
        add(1, 0);
        add(2, 7);
        add(3, 6);
        committed = 6;

        give(true);
        assertThat(host.answers).containsExactly(answer(1), answer(3));
        assertThat(answers.isEmpty()).isFalse();
        committed = 7;
        give(true);

        assertThat(host.answers).containsExactly(answer(1), answer(3), answer(2));
        assertThat(answers.isEmpty()).isTrue();
        assertThat(host.sent).isEmpty();
    }

    @Test
    void notLeased_oneRoundServesAllWhoCameBefore_andNobodyWhoCameSince() {
        add(1, 0);
        add(2, 0);
        give(false);
        add(3, 0);
        give(false);
        assertThat(host.answers).isEmpty();
        assertThat(host.sent).containsExactly(new Confirm(EPOCH, 1));

        answers.confirmed(BACKUP, 1);
        give(false);
        assertThat(host.answers).containsExactly(answer(1), answer(2));
        assertThat(host.sent).containsExactly(new Confirm(EPOCH, 1), new Confirm(EPOCH, 2));
        answers.confirmed(BACKUP, 2);
        give(false);

        assertThat(host.answers).containsExactly(answer(1), answer(2), answer(3));
    }

    @Test
    void notLeased_whatIsCommittedLater_isServedByTheRoundAfterItsValueWasTaken() {
        add(1, 7);
        give(false);
        add(2, 7);
        add(3, 0);
        answers.confirmed(BACKUP, 1);
        give(false);
        assertThat(host.answers).as("it is not committed").isEmpty();

        committed = 7;
        give(false);
        assertThat(host.answers).containsExactly(answer(1));
        answers.confirmed(BACKUP, 2);
        give(false);

        assertThat(host.answers).containsExactly(answer(1), answer(3), answer(2));
    }

    @Test
    void turnedAway_whateverTheyWaitFor() {
        add(1, 0);
        add(2, 7);
        give(false);

        answers.turnAway();

        assertThat(host.answers).containsExactly(NotServing.NOT_SERVING, NotServing.NOT_SERVING);
        assertThat(answers.isEmpty()).isTrue();
    }

    /** Each is touched when it comes and when it goes, however many wait meanwhile. */
    @Test
    void manyThatWait_costNothingWhenOthersCome() {
        Allocation.assertInProportion("answers", WaitingAnswers.MAX_WAITING, ALLOCATED_PER_ANSWER, () -> {
            for (long number = 1; number <= WaitingAnswers.MAX_WAITING; number++) {
                add(number, 0);
                give(false);
            }
            give(true);
        });

        assertThat(host.answers).hasSizeGreaterThanOrEqualTo(WaitingAnswers.MAX_WAITING);
    }
}
