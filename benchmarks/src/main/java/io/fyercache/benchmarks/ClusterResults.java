package io.fyercache.benchmarks;

import io.fyercache.benchmarks.cluster.ChangeCell;
import io.fyercache.benchmarks.cluster.ChangeSample;
import io.fyercache.benchmarks.cluster.ClusterCell;
import io.fyercache.benchmarks.cluster.Fault;
import io.fyercache.benchmarks.cluster.FaultSample;
import io.fyercache.benchmarks.cluster.SpeedSample;
import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.result.CellResult;
import io.fyercache.benchmarks.result.Outcome;
import io.fyercache.benchmarks.result.Outcome.Measured;
import io.fyercache.benchmarks.result.Outcome.NotAvailable;
import io.fyercache.benchmarks.result.Scale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The cells of a run of clusters: each number of a measurement is a cell of its own, for they are compared one by one. For one thread. */
final class ClusterResults {
    /** The numbers of a measurement of speed. */
    private static final List<Figure<SpeedSample>> SPEED = List.of(
            new Figure<>("throughput", Scale.OPERATIONS_PER_SECOND, SpeedSample::operationsPerSecond),
            new Figure<>("p50", Scale.MICROSECONDS, SpeedSample::p50Micros),
            new Figure<>("p99", Scale.MICROSECONDS, SpeedSample::p99Micros),
            new Figure<>("p99.9", Scale.MICROSECONDS, SpeedSample::p999Micros));

    /** The numbers of a fault. */
    private static final List<Figure<FaultSample>> FAULT = List.of(
            new Figure<>("window", Scale.MILLISECONDS, FaultSample::windowMillis),
            new Figure<>("slowest", Scale.MILLISECONDS, FaultSample::slowestMillis),
            new Figure<>("before", Scale.OPERATIONS_PER_SECOND, FaultSample::beforePerSecond),
            new Figure<>("during", Scale.OPERATIONS_PER_SECOND, FaultSample::duringPerSecond),
            new Figure<>("after", Scale.OPERATIONS_PER_SECOND, FaultSample::afterPerSecond),
            new Figure<>("lost", Scale.LOST_WRITES, FaultSample::lostWrites));

    /** The numbers of how soon a change is heard of. */
    private static final List<Figure<ChangeSample>> CHANGE = List.of(
            new Figure<>("p50", Scale.MICROSECONDS, ChangeSample::p50Micros),
            new Figure<>("p99", Scale.MICROSECONDS, ChangeSample::p99Micros));

    private record Figure<S>(String name, Scale scale, ToDoubleFunction<S> of) {}

    private final Map<String, CellResult> cells = new LinkedHashMap<>();

    void add(ClusterCell cell, Contestant contestant, List<SpeedSample> samples) {
        add(cell.id(), SPEED, contestant, samples);
    }

    void add(Fault fault, Contestant contestant, FaultSample sample) {
        add(fault.id(), FAULT, contestant, List.of(sample));
    }

    void add(ChangeCell cell, Contestant contestant, List<ChangeSample> samples) {
        add(cell.id(), CHANGE, contestant, samples);
    }

    void addFailure(ChangeCell cell, Contestant contestant, String reason) {
        addFailure(cell.id(), CHANGE, contestant, reason);
    }

    void addFailure(ClusterCell cell, Contestant contestant, String reason) {
        addFailure(cell.id(), SPEED, contestant, reason);
    }

    void addFailure(Fault fault, Contestant contestant, String reason) {
        addFailure(fault.id(), FAULT, contestant, reason);
    }

    private <S> void add(String id, List<Figure<S>> figures, Contestant contestant, List<S> samples) {
        for (Figure<S> figure : figures) {
            Outcome outcome = new Measured(samples.stream()
                    .map(sample -> figure.of.applyAsDouble(sample))
                    .toList());
            cell(id, figure).add(contestant, outcome);
        }
    }

    private <S> void addFailure(String id, List<Figure<S>> figures, Contestant contestant, String reason) {
        figures.forEach(figure -> cell(id, figure).add(contestant, new NotAvailable(reason)));
    }

    private <S> CellResult cell(String id, Figure<S> figure) {
        return cells.computeIfAbsent(id + "/" + figure.name, name -> new CellResult(name, figure.scale));
    }

    /** All cells that have an outcome, in the order of the first one. */
    List<CellResult> cells() {
        return List.copyOf(cells.values());
    }
}
