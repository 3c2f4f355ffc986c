package io.fyercache.benchmarks;

import io.fyercache.benchmarks.contestant.Contestant;
import java.util.List;

/** What a run of clusters is about. */
enum ClusterSuite {
    /** Partitioned caches: how fast they are, and what callers notice when a member breaks. */
    CLUSTERS("--cluster"),
    /** Caches that are replicated, read near or invalidated. */
    TOPOLOGIES("--topologies"),
    /** Second-level caches of Hibernate. */
    HIBERNATE("--hibernate"),
    /** What management takes from partitioned caches. */
    MANAGEMENT("--management");

    private final String option;

    ClusterSuite(String option) {
        this.option = option;
    }

    /** The option that chooses it. */
    String option() {
        return option;
    }

    /** All of its cells. */
    ClusterPlan plan() {
        return switch (this) {
            case CLUSTERS -> ClusterPlan.full();
            case TOPOLOGIES -> ClusterPlan.topologies();
            case HIBERNATE -> ClusterPlan.hibernate();
            case MANAGEMENT -> ClusterPlan.management();
        };
    }

    /** Those that can be measured. */
    List<Contestant> contestants() {
        return switch (this) {
            case CLUSTERS -> Contestant.clustered();
            case TOPOLOGIES -> Contestant.inTopologies();
            case HIBERNATE -> Contestant.withRegionFactories();
            case MANAGEMENT -> Contestant.managed();
        };
    }
}
