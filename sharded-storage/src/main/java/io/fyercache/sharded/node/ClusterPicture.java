package io.fyercache.sharded.node;

import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A cluster as a process sees it at a moment: what it was told last, which may be of different moments, and late. Never changes.
 *
 * @param cluster its identity, once the process has found it
 * @param part what the process takes in it
 * @param self the life of the member that this process is; empty in a client, before it has joined, and while it joins again
 * @param licence whether that member may serve what it holds (L1)
 * @param members who is there
 * @param table who holds what; empty before the first one is known
 * @param caches which caches are defined, whether this process uses them or not; empty before they are known
 */
public record ClusterPicture(
        Optional<UUID> cluster,
        Part part,
        Optional<Incarnation> self,
        Licence licence,
        List<Member> members,
        Optional<VersionedTable> table,
        List<NumberedCache> caches) {

    /** What a process takes in its cluster. */
    public enum Part {
        /** It stores data. */
        MEMBER,
        /** It uses caches. */
        CLIENT
    }

    /** Whether ZooKeeper has answered a member lately enough for it to serve what it holds (L1). */
    public enum Licence {
        /** It has. */
        VALID,
        /** It has not, or there is no member. */
        NONE
    }

    /** Keeps copies. */
    public ClusterPicture {
        members = List.copyOf(members);
        caches = List.copyOf(caches);
    }

    /** What a process knows that has learned nothing yet. */
    static ClusterPicture empty(Part part) {
        return new ClusterPicture(
                Optional.empty(), part, Optional.empty(), Licence.NONE, List.of(), Optional.empty(), List.of());
    }

    /** Returns the records of all partitions, in the order of their numbers; none before they are known. */
    public List<PartitionRecord> records() {
        return table.map(known -> known.table().records()).orElse(List.of());
    }

    /** Returns {@link ClusterStatus#fewestCopies}. */
    public int fewestCopies() {
        return records().stream()
                .mapToInt(record -> record.inSync().size())
                .min()
                .orElse(0);
    }

    /** Returns this one in another cluster, of which nothing is known yet but who is there. */
    ClusterPicture in(UUID found) {
        return new ClusterPicture(Optional.of(found), part, self, licence, members, Optional.empty(), List.of());
    }

    /** Returns this one with another life of the process's member, which has no licence yet, or none. */
    ClusterPicture as(Optional<Incarnation> life) {
        return new ClusterPicture(cluster, part, life, Licence.NONE, members, table, caches);
    }

    ClusterPicture with(Licence other) {
        return new ClusterPicture(cluster, part, self, other, members, table, caches);
    }

    ClusterPicture withMembers(List<Member> present) {
        return new ClusterPicture(cluster, part, self, licence, present, table, caches);
    }

    ClusterPicture with(VersionedTable latest) {
        return new ClusterPicture(cluster, part, self, licence, members, Optional.of(latest), caches);
    }

    ClusterPicture withCaches(List<NumberedCache> defined) {
        return new ClusterPicture(cluster, part, self, licence, members, table, defined);
    }
}
