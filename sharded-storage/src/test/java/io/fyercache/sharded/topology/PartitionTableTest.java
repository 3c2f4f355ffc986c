package io.fyercache.sharded.topology;

import static io.fyercache.sharded.topology.Samples.life;
import static io.fyercache.sharded.topology.Samples.lives;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTableTest {
    private static final PartitionTable FOUR = PartitionTable.initial(PartitionLayout.spread(4), life(1));

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    private static TableDelta delta(int partition, PartitionRecord record) {
        return new TableDelta(4, List.of(new TableDelta.Change(partition, record)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tablePlusDelta_isTheNextTable_asIsWhatIsDecoded(long seed) {
        Random random = new Random(seed);
        PartitionTable before = Samples.randomTable(random, 1 << random.nextInt(9));
        PartitionTable next = Samples.randomSuccessor(random, before);
        TableDelta delta = before.deltaTo(next);

        assertThat(before.apply(delta)).isEqualTo(next);
        assertThat(before.apply(TopologyForm.decodeDelta(TopologyForm.encode(delta))))
                .isEqualTo(next);
        assertThat(decodedFromSegments(random, next)).isEqualTo(next);
    }

    private static PartitionTable decodedFromSegments(Random random, PartitionTable table) {
        List<TableSegment> segments = new ArrayList<>();
        for (int number = 0; number < PartitionTable.SEGMENTS; number++) {
            segments.add(TopologyForm.decodeSegment(TopologyForm.encode(table.segment(number))));
        }
        Collections.shuffle(segments, random);
        return PartitionTable.ofSegments(segments);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void deltas_inAnyOrderAndTwice_yieldTheLastTable(long seed) {
        Random random = new Random(seed);
        PartitionTable first = Samples.randomTable(random, 32);
        PartitionTable table = first;
        List<TableDelta> deltas = new ArrayList<>();
        for (int step = 0; step < 10; step++) {
            PartitionTable next = Samples.randomSuccessor(random, table);
            deltas.add(table.deltaTo(next));
            deltas.add(next.segment(random.nextInt(PartitionTable.SEGMENTS)).toDelta());
            table = next;
        }
        deltas.addAll(List.copyOf(deltas));
        Collections.shuffle(deltas, random);

        PartitionTable reader = first;
        for (TableDelta delta : deltas) {
            reader = reader.apply(delta);
        }

        assertThat(reader).isEqualTo(table);
    }

    @Test
    void apply_leavesThePictureOfOtherReaders() {
        PartitionRecord newer = FOUR.record(2).startJoin(life(2));

        PartitionTable next = FOUR.apply(delta(2, newer));

        assertThat(next.record(2)).isEqualTo(newer);
        assertThat(FOUR.record(2)).isEqualTo(PartitionRecord.initial(life(1)));
    }

    @Test
    void apply_nothingNewer_isTheSameTable() {
        PartitionTable later = FOUR.apply(delta(2, FOUR.record(2).startJoin(life(2))));

        assertThat(later.apply(delta(2, FOUR.record(2)))).isSameAs(later);
    }

    @Test
    void apply_anotherRecordOfTheSameVersion_refused() {
        PartitionTable later = FOUR.apply(delta(2, FOUR.record(2).startJoin(life(2))));

        assertThatThrownBy(() -> later.apply(delta(2, FOUR.record(2).startJoin(life(3)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partition 2: two records of one version");
    }

    @Test
    void apply_deltaOfAnotherSize_refused() {
        assertThatThrownBy(() -> FOUR.apply(new TableDelta(8, List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of partitions: 8 (expected: 4");
    }

    @Test
    void deltaTo_earlierTable_refused() {
        PartitionTable later = FOUR.apply(delta(2, FOUR.record(2).startJoin(life(2))));

        assertThatThrownBy(() -> later.deltaTo(FOUR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version of partition 2: 1 (expected: at least 2)");
        assertThat(FOUR.deltaTo(FOUR).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 1000, 16_384})
    void initial_countThatIsNoPowerOfTwoOrTooGreat_refused(int count) {
        assertThatThrownBy(() -> PartitionTable.initial(PartitionLayout.spread(count), life(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("number of partitions: " + count);
    }

    @Test
    void segments_shareOutThePartitions() {
        PartitionTable table = PartitionTable.initial(PartitionLayout.spread(64), life(1));

        List<Integer> partitions = IntStream.range(0, PartitionTable.SEGMENTS)
                .mapToObj(table::segment)
                .flatMap(segment -> IntStream.range(0, segment.records().size()).mapToObj(segment::partition))
                .toList();

        assertThat(partitions)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 64).boxed().toList());
        assertThat(TableSegment.of(35)).isEqualTo(3);
        assertThat(table.segment(3).partition(2)).isEqualTo(35);
    }

    @Test
    void ofSegments_oneMissingOrTwice_refused() {
        List<TableSegment> all = new ArrayList<>();
        IntStream.range(0, PartitionTable.SEGMENTS).mapToObj(FOUR::segment).forEach(all::add);
        List<TableSegment> fifteen = all.subList(0, PartitionTable.SEGMENTS - 1);
        List<TableSegment> seventeen = new ArrayList<>(all);
        seventeen.add(all.get(3));

        assertThatThrownBy(() -> PartitionTable.ofSegments(fifteen)).hasMessageContaining("segment 15 is missing");
        assertThatThrownBy(() -> PartitionTable.ofSegments(seventeen)).hasMessageContaining("number of segments: 17");
    }

    @Test
    void ofSegments_ofTablesOfTwoSizes_refused() {
        List<TableSegment> mixed = new ArrayList<>();
        IntStream.range(0, PartitionTable.SEGMENTS).mapToObj(FOUR::segment).forEach(mixed::add);
        mixed.set(3, PartitionTable.initial(PartitionLayout.spread(64), life(1)).segment(3));

        assertThatThrownBy(() -> PartitionTable.ofSegments(mixed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "partitions: 64, and 0 replicated ones (expected: 4, and 0 replicated ones, which are fixed");
    }

    @Test
    void segment_withAnotherNumberOfRecords_refused() {
        assertThatThrownBy(() ->
                        new TableSegment(3, PartitionLayout.spread(32), List.of(PartitionRecord.initial(life(1)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of records of segment 3: 1 (expected: 2..2)");
    }

    @Test
    void delta_partitionsOutOfOrder_refused() {
        PartitionRecord record = PartitionRecord.initial(life(1));

        assertThatThrownBy(() ->
                        new TableDelta(4, List.of(new TableDelta.Change(2, record), new TableDelta.Change(2, record))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partition: 2 (expected: 3..3)");
    }

    /** What the design says of 1024 partitions with two copies. */
    @Test
    void defaultTable_afterALongLife_fitsInto64KiB() {
        PartitionRecord old = new PartitionRecord(
                10_000_000,
                new PartitionEpoch(1_000_000, 1_000, Succession.HANDED_OVER),
                life(3),
                lives(3, 7),
                lives(),
                lives(3, 7));
        PartitionTable table =
                PartitionTable.of(PartitionLayout.STANDARD, Collections.nCopies(PartitionLayout.STANDARD.count(), old));

        int bytes = IntStream.range(0, PartitionTable.SEGMENTS)
                .map(number -> TopologyForm.encode(table.segment(number)).length)
                .sum();

        assertThat(bytes).isBetween(1, 64 * 1024);
    }
}
