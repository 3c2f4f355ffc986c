package io.fyercache.management.report;

import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import io.fyercache.management.report.PartitionReport.Holder;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.event.ClusterEvent;
import io.fyercache.sharded.node.ClusterEvents;
import io.fyercache.sharded.node.ClusterPicture;
import io.fyercache.sharded.node.ClusterPicture.Licence;
import io.fyercache.sharded.node.ClusterPicture.Part;
import io.fyercache.sharded.node.ClusterStatus;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tells of a cluster. Each answer is of one picture of it. Thread-safe. */
public final class ClusterReports {
    private final ManagedProcess process;

    /** Tells of the cluster of a process. */
    public ClusterReports(ManagedProcess process) {
        this.process = process;
    }

    // ---- the whole

    /** Returns how the cluster is. */
    public ClusterReport cluster() {
        Optional<ClusterPicture> known = process.cluster().map(ClusterStatus::picture);
        if (known.isEmpty()) {
            int caches = CacheReports.count(process);
            return new ClusterReport(
                    process.name(), ClusterReport.LOCAL, null, null, null, 0, 0, 0, 0, 0, 0, caches, Map.of());
        }
        ClusterPicture picture = known.get();
        List<PartitionRecord> records = picture.records();
        return new ClusterReport(
                process.name(),
                picture.part().name().toLowerCase(Locale.ROOT),
                picture.cluster().map(UUID::toString).orElse(null),
                self(picture)
                        .map(member -> member(picture, member, tally(picture)))
                        .orElse(null),
                picture.part() == Part.MEMBER ? picture.licence() == Licence.VALID : null,
                picture.members().size(),
                records.size(),
                picture.table().map(VersionedTable::version).orElse(0L),
                picture.fewestCopies(),
                (int) records.stream().filter(ClusterReports::isUnderReplicated).count(),
                records.stream().mapToInt(record -> record.joining().size()).sum(),
                picture.caches().size(),
                counts());
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        process.events()
                .ifPresent(events -> Stream.of(ClusterEvent.Kind.values())
                        .forEach(kind -> counts.put(EventReport.kind(kind), events.count(kind))));
        return Collections.unmodifiableMap(counts);
    }

    /** Tells whether a partition has fewer copies in sync than it should have. */
    public static boolean isUnderReplicated(PartitionRecord record) {
        return record.inSync().size() < record.target().size();
    }

    // ---- members

    /** What members hold, in numbers. */
    private static final class Tally {
        private int led;
        private int held;
        private int joining;
    }

    /** Returns a part of the members, by their names. */
    public Page<MemberReport> members(int offset, int limit) {
        ClusterPicture picture = picture();
        Map<Incarnation, Tally> tally = tally(picture);
        List<Member> sorted = picture.members().stream()
                .sorted(Comparator.comparing(
                                (Member member) -> member.description().nodeName())
                        .thenComparing(Member::incarnation))
                .toList();
        return Page.of(sorted, member -> member(picture, member, tally), offset, limit);
    }

    private static Map<Incarnation, Tally> tally(ClusterPicture picture) {
        Map<Incarnation, Tally> tallies = new HashMap<>();
        for (PartitionRecord record : picture.records()) {
            tallies.computeIfAbsent(record.primary(), each -> new Tally()).led++;
            record.inSync().forEach(holder -> tallies.computeIfAbsent(holder, each -> new Tally()).held++);
            record.joining().forEach(holder -> tallies.computeIfAbsent(holder, each -> new Tally()).joining++);
        }
        return tallies;
    }

    private static Optional<Member> self(ClusterPicture picture) {
        return picture.self()
                .flatMap(self -> picture.members().stream()
                        .filter(member -> member.incarnation().equals(self))
                        .findFirst());
    }

    private static MemberReport member(ClusterPicture picture, Member member, Map<Incarnation, Tally> tallies) {
        Tally tally = tallies.getOrDefault(member.incarnation(), new Tally());
        return new MemberReport(
                member.incarnation().number(),
                member.description().nodeName(),
                picture.self().filter(member.incarnation()::equals).isPresent(),
                member.description().dataAddress().toString(),
                member.location().host(),
                member.location().zone(),
                member.capacity(),
                tally.led,
                tally.held,
                tally.joining);
    }

    // ---- partitions

    /** Returns a part of the partitions, by their numbers. */
    public Page<PartitionReport> partitions(int offset, int limit) {
        ClusterPicture picture = picture();
        List<PartitionRecord> records = picture.records();
        Map<Incarnation, String> names = names(picture);
        List<Integer> numbers = IntStream.range(0, records.size()).boxed().toList();
        return Page.of(numbers, number -> partition(number, picture, names), offset, limit);
    }

    /**
     * Returns one partition.
     *
     * @throws ProblemException if there is none of that number
     */
    public PartitionReport partition(int number) {
        ClusterPicture picture = picture();
        List<PartitionRecord> records = picture.records();
        if (number < 0 || number >= records.size()) {
            throw new ProblemException(
                    ProblemKind.NOT_FOUND,
                    "partition",
                    Integer.toString(number),
                    records.isEmpty() ? "to wait until the table is known" : "0.." + (records.size() - 1),
                    null);
        }
        return partition(number, picture, names(picture));
    }

    private static Map<Incarnation, String> names(ClusterPicture picture) {
        Map<Incarnation, String> names = new HashMap<>();
        picture.members()
                .forEach(member ->
                        names.put(member.incarnation(), member.description().nodeName()));
        return names;
    }

    private static PartitionReport partition(int number, ClusterPicture picture, Map<Incarnation, String> names) {
        PartitionRecord record = picture.records().get(number);
        return new PartitionReport(
                number,
                picture.table()
                        .filter(table -> table.table().layout().isReplicated(number))
                        .isPresent(),
                record.version(),
                record.epoch().number(),
                record.epoch().generation(),
                holder(record.primary(), names),
                holders(record.inSync(), names),
                holders(record.joining(), names),
                holders(record.target(), names),
                isUnderReplicated(record));
    }

    private static List<Holder> holders(List<Incarnation> members, Map<Incarnation, String> names) {
        return members.stream().map(member -> holder(member, names)).toList();
    }

    private static Holder holder(Incarnation member, Map<Incarnation, String> names) {
        return new Holder(member.number(), names.get(member));
    }

    // ---- events

    /**
     * Returns a part of the latest events, the oldest first.
     *
     * @param after the number of the last event that the caller has; 0 for none
     */
    public Page<EventReport> events(long after, int offset, int limit) {
        List<ClusterEvents.Told> later =
                process.events().map(ClusterEvents::latest).orElseThrow(ClusterReports::noCluster).stream()
                        .filter(told -> told.number() > after)
                        .toList();
        return Page.of(later, EventReport::of, offset, limit);
    }

    private ClusterPicture picture() {
        return process.cluster().map(ClusterStatus::picture).orElseThrow(ClusterReports::noCluster);
    }

    private static ProblemException noCluster() {
        return new ProblemException(
                ProblemKind.CONFLICT,
                "cluster",
                "none",
                "a process that belongs to one",
                "its caches are in this process alone; give its manager the URI of a cluster, such as zk://host:2181/orders");
    }
}
