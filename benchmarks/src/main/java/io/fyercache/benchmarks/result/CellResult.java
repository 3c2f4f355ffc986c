package io.fyercache.benchmarks.result;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.Role;
import io.fyercache.benchmarks.result.Outcome.Measured;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * One cell of the matrix with the outcome of each contestant that was asked. Mutable while the run goes on; for one thread.
 */
public final class CellResult {
    private final String id;
    private final Scale scale;
    private final Map<Contestant, Outcome> outcomes = new EnumMap<>(Contestant.class);

    /** An empty cell. */
    public CellResult(String id, Scale scale) {
        this.id = id;
        this.scale = scale;
    }

    /** The cell's name, such as {@code get/value/pojo/stats-off/eternal/1-thread}. */
    public String id() {
        return id;
    }

    /** How its numbers are read. */
    public Scale scale() {
        return scale;
    }

    /** Adds what a contestant did: samples to its samples; "not available" replaces them, so that a half failed run is no result. */
    public CellResult add(Contestant contestant, Outcome outcome) {
        outcomes.merge(
                contestant,
                outcome,
                (before, now) -> before instanceof Measured earlier && now instanceof Measured later
                        ? earlier.and(later)
                        : firstFailure(before, now));
        return this;
    }

    private static Outcome firstFailure(Outcome before, Outcome now) {
        return before instanceof Measured ? now : before;
    }

    /** The outcomes, in the order of {@link Contestant}. */
    public Map<Contestant, Outcome> outcomes() {
        return Collections.unmodifiableMap(outcomes);
    }

    /** A contestant's median, if it was measured. */
    public OptionalDouble median(Contestant contestant) {
        return outcomes.get(contestant) instanceof Measured measured
                ? OptionalDouble.of(measured.median())
                : OptionalDouble.empty();
    }

    /** The peer with the best median, if any was measured. */
    public Optional<Contestant> bestPeer() {
        return bestPeer(peer -> true);
    }

    /** The peer with the best median among some, if any of them was measured. */
    public Optional<Contestant> bestPeer(Predicate<Contestant> among) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getKey().role() == Role.PEER && among.test(entry.getKey()))
                .filter(entry -> entry.getValue() instanceof Measured)
                .map(Map.Entry::getKey)
                .max(Comparator.comparingDouble(
                        peer -> scale.advantage(median(peer).orElseThrow(), 1)));
    }

    /** How many times better a contestant's median is than another's, if both were measured; nothing is a multiple of zero. */
    public OptionalDouble advantage(Contestant contestant, Contestant over) {
        OptionalDouble first = median(contestant);
        OptionalDouble second = median(over);
        if (first.isEmpty() || second.isEmpty()) {
            return OptionalDouble.empty();
        }
        double advantage = scale.advantage(first.getAsDouble(), second.getAsDouble());
        return Double.isFinite(advantage) ? OptionalDouble.of(advantage) : OptionalDouble.empty();
    }

    /** How many times better a contestant is than the best peer, if it and any peer were measured. */
    public OptionalDouble advantageOverBestPeer(Contestant contestant) {
        return bestPeer().map(peer -> advantage(contestant, peer)).orElse(OptionalDouble.empty());
    }
}
