package io.fyercache.jdbc.fence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written or deleted.
 *
 * @param by the primary that has it done; null where the writer has no fence
 */
public record Fenced<T>(T item, @Nullable PrimaryEpoch by) {

    /** What is to be written of these. */
    public static <T> List<T> items(List<Fenced<T>> fenced) {
        return fenced.stream().map(Fenced::item).toList();
    }
}
