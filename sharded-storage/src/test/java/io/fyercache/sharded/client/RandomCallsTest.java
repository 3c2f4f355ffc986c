package io.fyercache.sharded.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.client.CallOutcome.NotCarriedOut;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A router whose messages get lost, are late, and overtake each other, and a partition that knows what it has carried out. */
class RandomCallsTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 3_000;
    private static final long CLIENT = 3;
    private static final long PATIENCE_NANOS = 2_000;

    /** One run, made from a seed. */
    private static final class LossyWorld implements RouterHost {
        private final Random random;
        private final RequestRouter router;
        private final List<Call> requests = new ArrayList<>();
        private final List<Reply> replies = new ArrayList<>();
        private final Map<OperationId, Integer> attempts = new HashMap<>();
        private final Map<OperationId, EntryKey> keys = new HashMap<>();
        private final Set<EntryKey> carriedOut = new HashSet<>();
        private final Map<EntryKey, CallOutcome> outcomes = new HashMap<>();
        private PartitionRecord record = PartitionRecord.founding(List.of(new Incarnation(1), new Incarnation(2)));
        private boolean tableWanted;
        private long tableVersion;
        private long highestAcknowledged;
        private long now;
        private int submitted;

        LossyWorld(long seed) {
            this.random = new Random(seed);
            this.now = random.nextLong();
            this.router = new RequestRouter(CLIENT, this, new RetryPolicy(100, 10, 50, 20), now);
        }

        @Override
        public boolean send(Incarnation member, Call call) {
            if (random.nextInt(20) == 0) {
                return false;
            }
            Request request = call.request();
            assertThat(outcomes).as("those who were told").doesNotContainKey(request.key());
            assertThat(attempts.put(request.id(), request.attempt()))
                    .isEqualTo(request.attempt() == 1 ? null : (Integer) (request.attempt() - 1));
            keys.putIfAbsent(request.id(), request.key());
            assertThat(keys.get(request.id())).as("one operation for each id").isEqualTo(request.key());
            highestAcknowledged = Math.max(highestAcknowledged, request.acknowledgedBelow());
            assertThat(request.id().sequence())
                    .as("of one not acknowledged")
                    .isGreaterThanOrEqualTo(highestAcknowledged);
            requests.add(call);
            return true;
        }

        @Override
        public void learnTable() {
            tableWanted = true;
        }

        @Override
        public long draw(long bound) {
            return (long) (random.nextDouble() * bound);
        }

        private void step() {
            now += random.nextInt(20);
            switch (random.nextInt(9)) {
                case 0, 1 -> submit();
                case 2, 3, 4 -> arrive();
                case 5 -> reply();
                case 6 -> router.onTick(now);
                case 7 -> learn();
                default -> misfortune();
            }
        }

        private void learn() {
            if (tableWanted) {
                tableWanted = false;
                router.onTable(
                        new VersionedTable(
                                ++tableVersion, PartitionTable.of(PartitionLayout.spread(1), List.of(record))),
                        now);
            }
        }

        private void submit() {
            int number = submitted++;
            EntryKey key = new EntryKey(number, new EncodedKey(new byte[0]));
            Request.Task task = new Request.Task.Write(EntryOperation.Remove.INSTANCE);
            router.submit(key, task, 1, now + random.nextInt((int) PATIENCE_NANOS), now, outcome -> {
                assertThat(outcomes.put(key, outcome)).as("told before").isNull();
                if (outcome instanceof Answered) {
                    assertThat(carriedOut).contains(key);
                }
            });
        }

        private void arrive() {
            if (requests.isEmpty()) {
                return;
            }
            Call call = requests.remove(random.nextInt(requests.size()));
            Request request = call.request();
            int fate = random.nextInt(8);
            // Whoever refuses does so before it looks whether it was carried out before.
            Answer answer = switch (fate) {
                case 0, 1, 2 -> Answer.Done.NOTHING;
                case 3 -> Answer.NotServing.NOT_SERVING;
                case 4 -> Answer.NoLicence.NO_LICENCE;
                case 5 -> Answer.Busy.BUSY;
                case 6 -> new Answer.TooFewCopies(1, 2);
                default -> Answer.OutcomeUnknown.OUTCOME_UNKNOWN;
            };
            boolean done = answer instanceof Answer.Done;
            if (done) {
                carriedOut.add(request.key());
            }
            // One who was deposed does not know whether its successor has it.
            boolean deposed = done && random.nextInt(4) == 0;
            replies.add(new Reply(
                    0,
                    request.id(),
                    done ? Reply.ANY_ATTEMPT : request.attempt(),
                    deposed ? Answer.NotServing.NOT_SERVING : answer));
        }

        private void reply() {
            if (!replies.isEmpty()) {
                router.onReply(replies.remove(random.nextInt(replies.size())), now);
            }
        }

        private void misfortune() {
            switch (random.nextInt(4)) {
                case 0 -> requests.clear();
                case 1 -> replies.clear();
                case 2 -> router.onConnectionLost(record.primary(), now);
                default -> {
                    Incarnation successor = new Incarnation(3 - record.primary().number());
                    record = record.handOver(successor);
                }
            }
        }
    }

    @Test
    void anySteps_tellEachOwnerOnce_andTheTruth() {
        int notCarriedOut = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            LossyWorld world = new LossyWorld(seed);
            for (int step = 0; step < STEPS; step++) {
                world.step();
            }
            world.now += PATIENCE_NANOS;
            world.router.onTick(world.now);
            // What is late arrives after all.
            while (!world.requests.isEmpty()) {
                world.arrive();
            }
            assertThat(world.outcomes).as("seed %s", seed).hasSize(world.submitted);
            assertThat(world.router.calls()).isZero();
            for (Map.Entry<EntryKey, CallOutcome> each : world.outcomes.entrySet()) {
                if (each.getValue() instanceof NotCarriedOut) {
                    notCarriedOut++;
                    assertThat(world.carriedOut).as("seed %s", seed).doesNotContain(each.getKey());
                }
            }
        }
        assertThat(notCarriedOut).isPositive();
    }
}
