package io.fyercache.sharded;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Measures the memory that objects take as long as somebody has them. */
public final class Footprint {
    private Footprint() {}

    /** Returns how many bytes one of so many takes, and all that it alone refers to. The more there are, the less else counts. */
    public static long ofOneOf(int count, Supplier<?> maker) {
        List<Object> kept = new ArrayList<>(count + 1);
        kept.add(maker.get());
        long before = usedBytes();
        for (int number = 1; number <= count; number++) {
            kept.add(maker.get());
        }
        long bytes = (usedBytes() - before) / count;
        assertThat(kept).hasSize(count + 1);
        return bytes;
    }

    private static long usedBytes() {
        long used = Long.MAX_VALUE;
        for (int collection = 0; collection < 3; collection++) {
            System.gc();
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
