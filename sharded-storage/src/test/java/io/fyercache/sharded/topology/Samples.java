package io.fyercache.sharded.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;

/** Members and tables to test with. */
final class Samples {
    private Samples() {}

    static Incarnation life(long number) {
        return new Incarnation(number);
    }

    static List<Incarnation> lives(long... numbers) {
        return LongStream.of(numbers).mapToObj(Incarnation::new).toList();
    }

    static MemberDescription description() {
        return new MemberDescription(
                new UUID(0x0123456789ABCDEFL, 0x8899AABBCCDDEEFFL),
                "größe-1",
                new Location("host-1", "eu-1a"),
                new DataAddress("10.0.0.1", 7400),
                MemberDescription.DEFAULT_CAPACITY,
                new ProtocolVersions(1, 3));
    }

    /** Primary 3, in sync 3 and 7, 9 joining; in the fifth epoch. */
    static PartitionRecord settled() {
        return new PartitionRecord(
                12, new PartitionEpoch(5, 2, Succession.HANDED_OVER), life(3), lives(3, 7), lives(9), lives(3, 9));
    }

    /** A table of up to eight members in which each partition has gone its own way. */
    static PartitionTable randomTable(Random random, int partitionCount) {
        List<PartitionRecord> records = new ArrayList<>();
        for (int partition = 0; partition < partitionCount; partition++) {
            PartitionRecord record = PartitionRecord.initial(life(1 + random.nextInt(8)));
            int steps = random.nextInt(6);
            for (int step = 0; step < steps; step++) {
                record = randomStep(random, record);
            }
            records.add(record);
        }
        return PartitionTable.of(PartitionLayout.spread(records.size()), records);
    }

    /** A later table, some records of which made a step. */
    static PartitionTable randomSuccessor(Random random, PartitionTable table) {
        int oneIn = 1 + random.nextInt(8);
        List<PartitionRecord> records = new ArrayList<>();
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            PartitionRecord record = table.record(partition);
            records.add(random.nextInt(oneIn) == 0 ? randomStep(random, record) : record);
        }
        return PartitionTable.of(PartitionLayout.spread(records.size()), records);
    }

    /** Any legal step. */
    static PartitionRecord randomStep(Random random, PartitionRecord record) {
        while (true) {
            Incarnation member = life(1 + random.nextInt(8));
            try {
                return switch (random.nextInt(10)) {
                    case 0 -> record.takeOver(member, List.of(record.primary()));
                    case 1 -> record.shrink(List.of(member));
                    case 2 -> record.startJoin(member);
                    case 3 -> record.expand(member);
                    case 4 -> record.handOver(member);
                    case 5 -> record.removeSurplus(member);
                    case 6 -> record.reset(member);
                    case 7 -> record.resetEarly(member);
                    case 8 -> record.makeFirm();
                    default -> record.retarget(randomTarget(random));
                };
            } catch (IllegalStateException notLegalNow) {
                // Draws again.
            }
        }
    }

    private static List<Incarnation> randomTarget(Random random) {
        List<Incarnation> members = new ArrayList<>(lives(1, 2, 3, 4, 5, 6, 7, 8));
        Collections.shuffle(members, random);
        return List.copyOf(members.subList(0, 1 + random.nextInt(3)));
    }
}
