package io.fyercache.testkit.simulation;

import io.fyercache.sharded.engine.KeyBatch;
import io.fyercache.sharded.engine.Submission;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.Request.Batch;
import io.fyercache.testkit.history.Action;
import io.fyercache.testkit.history.AtomicFunction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Has one operation on several keys carried out after the other, of whatever partitions (U7), and records for each key what becomes of its part.
 * Some operations tell members wrongly how many parts to expect.
 */
final class GatheringClient {
    private static final long MILLIS = 1_000_000;
    private static final long PATIENCE_NANOS = 5_000 * MILLIS;
    private static final int LONGEST_REST_MILLIS = 60;

    /** Few, so that two such clients want the same ones, in different orders. */
    private static final int KEYS_PER_PARTITION = 2;

    private static final int MOST_KEYS = 5;

    private final ClientProcess process;
    private final List<? extends ClientWorld> partitions;
    private final ClientWorld any;
    private final String name;

    private List<RecordedCall> parts = List.of();
    private int underWay;
    private long sequence;

    private record Place(ClientWorld partition, int key) {}

    /**
     * Makes a client.
     *
     * @param number tells it from all others, from 1
     * @param partitions those of the cluster
     */
    GatheringClient(ClientProcess process, long number, List<? extends ClientWorld> partitions) {
        this.process = process;
        this.partitions = partitions;
        this.any = partitions.get(0);
        this.name = "g" + number;
    }

    void start() {
        any.timeline().after(draw(LONGEST_REST_MILLIS) * MILLIS, () -> process.run(this::begin));
    }

    private int draw(int bound) {
        return any.random().nextInt(bound);
    }

    private void begin() {
        if (any.isOver()) {
            return;
        }
        sequence++;
        int cache = draw(3) == 0 ? SimulatedCaches.COUNTING : SimulatedCaches.THROUGH;
        int kind = draw(4);
        parts = places().stream().map(place -> part(place, cache, kind)).toList();
        underWay = parts.size();
        KeyBatch batch =
                new KeyBatch(sequence, parts.stream().map(RecordedCall::entry).toList());
        boolean wrong = draw(10) == 0;
        for (RecordedCall part : parts) {
            Submission submission = (router, now, owner) -> router.submit(
                    part.entry(),
                    part.task(),
                    wrong ? new Batch(sequence, draw(2 * MOST_KEYS)) : batch.partOf(router, part.entry()),
                    1,
                    now + PATIENCE_NANOS,
                    now,
                    owner);
            process.submit(submission, outcome -> {
                part.completed(outcome);
                if (--underWay == 0) {
                    start();
                }
            });
        }
    }

    private Set<Place> places() {
        Random random = any.random();
        Set<Place> places = new LinkedHashSet<>();
        for (int i = 1 + draw(MOST_KEYS); i > 0; i--) {
            places.add(
                    new Place(partitions.get(random.nextInt(partitions.size())), random.nextInt(KEYS_PER_PARTITION)));
        }
        return places;
    }

    private RecordedCall part(Place place, int cache, int kind) {
        ClientWorld partition = place.partition();
        long generation = process.generation(partition.partition());
        String key = partition.key(
                SimulatedClient.KEYS_BEGIN.get(cache) + place.key(),
                "." + partition.keyGeneration() + "." + generation);
        EncodedValue value = SimulatedCaches.encoded(name + "-" + sequence);
        Action action = cache == SimulatedCaches.COUNTING
                ? new Action.Invoke(new AtomicFunction.Add<>(1))
                : action(kind, value);
        return new RecordedCall(partition, name, cache, key, generation, action);
    }

    private static Action action(int kind, EncodedValue value) {
        return switch (kind) {
            case 0 -> new Action.Put(value);
            case 1 -> new Action.Remove();
            default -> new Action.Get();
        };
    }

    /** Ends the operation that is under way, if any: nobody knows how. */
    void abandon() {
        parts.forEach(RecordedCall::abandon);
    }
}
