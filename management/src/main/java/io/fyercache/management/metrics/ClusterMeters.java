package io.fyercache.management.metrics;

import io.fyercache.management.report.ClusterReports;
import io.fyercache.management.report.EventReport;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.event.ClusterEvent;
import io.fyercache.sharded.node.ClusterEvents;
import io.fyercache.sharded.node.ClusterPicture;
import io.fyercache.sharded.node.ClusterPicture.Licence;
import io.fyercache.sharded.node.ClusterPicture.Part;
import io.fyercache.sharded.node.ClusterStatus;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.transport.netty.Refusal;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;

/** The meters of a process's place in a cluster. Each reads what the process knows, and waits for nothing. */
final class ClusterMeters implements MeterBinder {
    private final ClusterStatus cluster;

    ClusterMeters(ClusterStatus cluster) {
        this.cluster = cluster;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(
                registry,
                "fyercache.members",
                "Members of the cluster",
                picture -> picture.members().size());
        gauge(
                registry,
                "fyercache.partitions",
                "Partitions of the cluster",
                picture -> picture.records().size());
        gauge(
                registry,
                "fyercache.partitions.underreplicated",
                "Partitions with fewer copies in sync than they should have",
                picture -> picture.records().stream()
                        .filter(ClusterReports::isUnderReplicated)
                        .count());
        gauge(
                registry,
                "fyercache.copies.joining",
                "Copies that are being made, in the whole cluster",
                picture -> picture.records().stream()
                        .mapToInt(record -> record.joining().size())
                        .sum());
        gauge(
                registry,
                "fyercache.table.version",
                "How often who holds what has changed",
                picture -> picture.table().map(VersionedTable::version).orElse(0L));
        Gauge.builder("fyercache.copies.fewest", cluster, ClusterStatus::fewestCopies)
                .description("Copies of the partition that has fewest; with two no single failure loses anything")
                .register(registry);
        if (cluster.picture().part() == Part.MEMBER) {
            bindMember(registry);
        }
        for (Refusal refusal : Refusal.values()) {
            FunctionCounter.builder(
                            "fyercache.connections.refused",
                            cluster,
                            status -> status.refusedConnections().getOrDefault(refusal, 0L))
                    .tag("reason", refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .description("Connections of other processes that this one has refused")
                    .register(registry);
        }
    }

    private void bindMember(MeterRegistry registry) {
        gauge(
                registry,
                "fyercache.member.joined",
                "1 if this process is a member of its cluster at present",
                picture -> picture.self().isPresent() ? 1 : 0);
        gauge(
                registry,
                "fyercache.member.licensed",
                "1 if ZooKeeper has answered lately enough for this member to serve",
                picture -> picture.licence() == Licence.VALID ? 1 : 0);
        own(
                registry,
                "fyercache.member.partitions.led",
                "Partitions of which this member is the primary",
                (record, self) -> record.primary().equals(self));
        own(
                registry,
                "fyercache.member.partitions.held",
                "Partitions that this member has in sync, those that it leads included",
                (record, self) -> record.inSync().contains(self));
        own(
                registry,
                "fyercache.member.partitions.joining",
                "Partitions that are being copied to this member",
                (record, self) -> record.joining().contains(self));
    }

    private void own(
            MeterRegistry registry, String name, String description, BiPredicate<PartitionRecord, Incarnation> counts) {
        gauge(
                registry,
                name,
                description,
                picture -> picture.self()
                        .map(self -> picture.records().stream()
                                .filter(record -> counts.test(record, self))
                                .count())
                        .orElse(0L));
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<ClusterPicture> value) {
        Gauge.builder(name, cluster, status -> value.applyAsDouble(status.picture()))
                .description(description)
                .register(registry);
    }

    static void bindEvents(ClusterEvents events, MeterRegistry registry) {
        for (ClusterEvent.Kind kind : ClusterEvent.Kind.values()) {
            FunctionCounter.builder("fyercache.events", events, told -> told.count(kind))
                    .tag("kind", EventReport.kind(kind))
                    .description("What has happened to the cluster since this process came")
                    .register(registry);
        }
    }
}
