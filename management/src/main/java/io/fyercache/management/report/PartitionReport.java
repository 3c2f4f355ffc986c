package io.fyercache.management.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition and its copies.
 *
 * @param replicated whether it is one of those of replicated caches, of which every member should have a copy
 * @param version of its record; grows with each change
 * @param epoch the number of its primary's reign
 * @param generation grows when all copies were lost
 * @param primary who orders its operations
 * @param inSync who has all of it, the primary included
 * @param joining to whom it is being copied
 * @param target who should have it in the end, the wanted primary first
 * @param underReplicated whether it has fewer copies in sync than it should have
 */
public record PartitionReport(
        int partition,
        boolean replicated,
        long version,
        long epoch,
        long generation,
        Holder primary,
        List<Holder> inSync,
        List<Holder> joining,
        List<Holder> target,
        boolean underReplicated) {

    /**
     * Who has a copy.
     *
     * @param name null if no such member is there any more
     */
    public record Holder(long incarnation, @Nullable String name) {}
}
