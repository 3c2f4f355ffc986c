package io.fyercache.sharded.message.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.BinarySize;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.KnownResult;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Origin;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.message.StoredEntry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** B1: whoever cuts by the size that is told must not find that the codec refuses the part. */
class BinarySizeTest {
    /** Random parts: a second or so. */
    private static final int TRIALS = 50_000;

    /** Bytes that the size may be too great by, for each key, and as often again for the whole. */
    private static final int SLACK = 120;

    private static <T> int encoded(Form<T> form, T value) {
        ByteSink out =
                new ByteSink(64, MessageLimits.MESSAGE_BYTES, limit -> new IllegalStateException("more than " + limit));
        form.write(out, value);
        return out.length() - 1; // It is alone in a list.
    }

    @Test
    void sizeOfAnEntryOfTheLog_isNeverLessThanItTakes_andLittleMore() {
        for (long seed = 0; seed < TRIALS; seed++) {
            LogEntry entry = new RandomMessages(seed).entry();

            assertThat(BinarySize.of(entry))
                    .as("seed %s", seed)
                    .isBetween(
                            (long) encoded(LogForms.ENTRIES, List.of(entry)),
                            encoded(LogForms.ENTRIES, List.of(entry))
                                    + SLACK * (1L + entry.effects().size()));
        }
    }

    @Test
    void sizeOfWhatIsRemembered_isNeverLessThanItTakes_andLittleMore() {
        for (long seed = 0; seed < TRIALS; seed++) {
            KnownResult known = new RandomMessages(seed).known();
            long encoded = encoded(LogForms.KNOWN_RESULTS, List.of(known));

            assertThat(BinarySize.of(known)).as("seed %s", seed).isBetween(encoded, encoded + SLACK);
        }
    }

    @Test
    void sizeOfAnEntryOfACopy_isNeverLessThanItTakes_andLittleMore() {
        for (long seed = 0; seed < TRIALS; seed++) {
            RandomMessages random = new RandomMessages(seed);
            EntryKey key = random.key();
            StoredEntry entry = random.stored();
            long encoded = encoded(Form.of(EntryForms::writeEntries, EntryForms::readEntries), Map.of(key, entry));

            assertThat(BinarySize.of(key, entry)).as("seed %s", seed).isBetween(encoded, encoded + SLACK);
        }
    }

    @Test
    void sizeOfAChange_isNeverLessThanItTakes_andLittleMore() {
        for (long seed = 0; seed < TRIALS; seed++) {
            PlacedChange change = new RandomMessages(seed).change();
            long encoded = encoded(ListeningForms.CHANGES, List.of(change));

            assertThat(BinarySize.of(change)).as("seed %s", seed).isBetween(encoded, encoded + SLACK);
        }
    }

    @Test
    void sizeOfKeys_hasRoomForTheLongest() {
        EncodedKey longest = new EncodedKey(new byte[EncodedKey.MAX_BYTES]);
        OperationResult keys = new OperationResult.Keys(
                Collections.nCopies(OperationResult.Keys.MAX_KEYS, longest), new CachePosition(63, longest));
        long most = Long.MAX_VALUE;
        LogEntry entry = new LogEntry(
                most,
                most,
                Long.MIN_VALUE,
                new Origin(new OperationId(-1, most), most),
                List.of(),
                new Done(keys, Done.MAX_TALLY));
        long encoded = encoded(LogForms.ENTRIES, List.of(entry));

        assertThat(BinarySize.of(entry)).isBetween(encoded, encoded + SLACK);
    }

    /** Three bytes for a character is what the longest take. */
    @Test
    void sizeOfAFailure_hasRoomForEachCharacter() {
        OperationResult failed = new OperationResult.Failed("\u20ac".repeat(1_000), "\u20ac".repeat(1_000));
        LogEntry entry = new LogEntry(1, 1, 0, null, List.of(), new Done(failed, 0));

        assertThat(BinarySize.of(entry)).isGreaterThanOrEqualTo(encoded(LogForms.ENTRIES, List.of(entry)));
    }
}
