package io.fyercache.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The order of contestants, which starts one further in each round, so that warming up and drifting hit all alike. */
final class Rotation {
    private Rotation() {}

    /** The list, rotated to start at an index counted around it. */
    static <T> List<T> startingAt(int start, List<T> list) {
        List<T> rotated = new ArrayList<>(list);
        Collections.rotate(rotated, -start);
        return rotated;
    }
}
