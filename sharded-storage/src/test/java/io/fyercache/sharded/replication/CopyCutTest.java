package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.BinarySize;
import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.KnownResult;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Origin;
import io.fyercache.sharded.message.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** B3: how a copy is cut into parts. */
class CopyCutTest {
    private static final int MIB = 1 << 20;
    private static final int PART_BYTES = ReplicationLimits.STANDARD.partBytes();

    private final PartitionCopy copy = PartitionCopy.empty();
    private final Map<EntryKey, StoredEntry> entries = new LinkedHashMap<>();
    private final List<KnownResult> results = new ArrayList<>();

    private void store(EntryKey key, int bytes) {
        entries.put(key, new StoredEntry(new EncodedValue(new byte[bytes]), Long.MAX_VALUE));
    }

    /** Returns the next key of a bucket that is not there yet. */
    private EntryKey freeKeyOf(int bucket) {
        for (int number = 0; ; number++) {
            EntryKey key = new EntryKey(0, new EncodedKey(("k" + number).getBytes(StandardCharsets.UTF_8)));
            if (key.bucket() == bucket && !entries.containsKey(key)) {
                return key;
            }
        }
    }

    private void remember(long client, long sequence, int bytes) {
        results.add(new KnownResult(
                new Origin(new OperationId(client, sequence), 0),
                new Done(new OperationResult.Value(new EncodedValue(new byte[bytes])), 0),
                1));
    }

    /** Cuts the whole copy, and returns its parts. */
    private List<CopyCut> cuts(int partBytes) {
        copy.fill(results, entries, CopyPosition.END);
        List<CopyCut> cuts = new ArrayList<>();
        CopyPosition reached = CopyPosition.BEGIN;
        while (!reached.equals(CopyPosition.END)) {
            CopyCut cut = new CopyCut(copy, reached, partBytes);
            assertThat(cut.reached()).isGreaterThan(reached);
            reached = cut.reached();
            cuts.add(cut);
        }
        return cuts;
    }

    private void assertThatPartsMakeTheWhole(List<CopyCut> cuts, int partBytes) {
        PartitionCopy made = PartitionCopy.toBeFilled();
        Map<EntryKey, StoredEntry> found = new LinkedHashMap<>();
        List<KnownResult> remembered = new ArrayList<>();
        for (CopyCut cut : cuts) {
            int pieces = cut.entries().size() + cut.results().size();
            assertThat(cut.bytes()).isEqualTo(bytes(cut));
            assertThat(cut.bytes() <= partBytes || pieces == 1)
                    .as("%s pieces of %s bytes", pieces, cut.bytes())
                    .isTrue();
            for (EntryKey key : cut.entries().keySet()) {
                assertThat(made.reached().reaches(key)).as("twice").isFalse();
                assertThat(cut.reached().reaches(key)).as("belongs to it").isTrue();
            }
            made.fill(cut.results(), cut.entries(), cut.reached());
            found.putAll(cut.entries());
            remembered.addAll(cut.results());
        }
        assertThat(found).isEqualTo(entries);
        assertThat(remembered).containsExactlyElementsOf(results);
        assertThat(made.digest()).isEqualTo(copy.digest());
    }

    private static long bytes(CopyCut cut) {
        long bytes = cut.results().stream().mapToLong(BinarySize::of).sum();
        for (Map.Entry<EntryKey, StoredEntry> each : cut.entries().entrySet()) {
            bytes += BinarySize.of(each.getKey(), each.getValue());
        }
        return bytes;
    }

    @Test
    void emptyCopy_isOnePart() {
        assertThat(cuts(PART_BYTES)).hasSize(1);
    }

    @Test
    void copyOfManySmallBuckets_isOnePart() {
        for (int number = 0; number < 1_000; number++) {
            store(freeKeyOf(number % 64), 10);
        }

        List<CopyCut> cuts = cuts(PART_BYTES);

        assertThat(cuts).hasSize(1);
        assertThatPartsMakeTheWhole(cuts, PART_BYTES);
    }

    @Test
    void bucketOfFortyMebibytes_isManyParts() {
        for (int number = 0; number < 40; number++) {
            store(freeKeyOf(7), MIB);
        }
        store(freeKeyOf(6), 10);

        List<CopyCut> cuts = cuts(PART_BYTES);

        assertThat(cuts).hasSizeBetween(40, 42);
        assertThatPartsMakeTheWhole(cuts, PART_BYTES);
    }

    @Test
    void whatIsRemembered_isCutToo_andComesFirst() {
        remember(1, 1, EncodedValue.MAX_BYTES);
        for (long sequence = 2; sequence <= 5; sequence++) {
            remember(1, sequence, 100_000);
        }
        remember(3, 1, 10);
        store(freeKeyOf(0), 10);

        List<CopyCut> cuts = cuts(PART_BYTES);

        assertThat(cuts).extracting(cut -> cut.results().size()).containsExactly(1, 2, 3);
        assertThatPartsMakeTheWhole(cuts, PART_BYTES);
    }

    @Test
    void randomCopies_areTheSumOfTheirParts() {
        for (long seed = 0; seed < 300; seed++) {
            CopyCutTest other = new CopyCutTest();
            Random random = new Random(seed);
            int partBytes = 1 + random.nextInt(1_000);
            int buckets = 1 + random.nextInt(64);
            for (int number = random.nextInt(60); number > 0; number--) {
                other.store(other.freeKeyOf(random.nextInt(buckets)), random.nextInt(300));
            }
            for (int number = 1 + random.nextInt(20); number > 0; number--) {
                other.remember(100 - number / 3, 100 - number, random.nextInt(300));
            }

            other.assertThatPartsMakeTheWhole(other.cuts(partBytes), partBytes);
        }
    }
}
