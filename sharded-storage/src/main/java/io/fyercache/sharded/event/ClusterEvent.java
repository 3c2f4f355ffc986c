package io.fyercache.sharded.event;

import io.fyercache.sharded.topology.Member;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Something that has happened to a cluster, or to the process's place in it. Immutable. */
public sealed interface ClusterEvent {

    /** Returns what kind of event it is, under which it is counted. */
    Kind kind();

    /** Returns for how many it counts: of partitions, where it is about several. */
    default int count() {
        return 1;
    }

    /** Kinds of events. */
    enum Kind {
        /** {@link MemberCame}. */
        MEMBERS_COME,
        /** {@link MemberGone}. */
        MEMBERS_GONE,
        /** {@link PartitionsTakenOver}, counted by partitions. */
        PARTITIONS_TAKEN_OVER,
        /** {@link PartitionsLost}, counted by partitions. */
        PARTITIONS_LOST,
        /** {@link ListenerForgotten}. */
        LISTENERS_FORGOTTEN,
        /** {@link ChangesGivenUp}. */
        CHANGES_GIVEN_UP,
        /** {@link LicenceLost}. */
        LICENCES_LOST,
        /** {@link LicenceBack}. */
        LICENCES_BACK,
        /** {@link MembershipLost}. */
        MEMBERSHIPS_LOST
    }

    /** There is a member that was not there before; of those who are there when the process comes nothing is told. */
    record MemberCame(Member member) implements ClusterEvent {
        @Override
        public Kind kind() {
            return Kind.MEMBERS_COME;
        }
    }

    /** A member is not there any more: it has left, or was taken for dead. */
    record MemberGone(Member member) implements ClusterEvent {
        @Override
        public Kind kind() {
            return Kind.MEMBERS_GONE;
        }
    }

    /**
     * Backups have taken the place of primaries that were taken for dead (T3). Nothing is lost.
     *
     * @param partitions in ascending order
     */
    record PartitionsTakenOver(List<Integer> partitions) implements ClusterEvent {
        /** Keeps a copy. */
        public PartitionsTakenOver {
            partitions = List.copyOf(partitions);
        }

        @Override
        public Kind kind() {
            return Kind.PARTITIONS_TAKEN_OVER;
        }

        @Override
        public int count() {
            return partitions.size();
        }
    }

    /**
     * All copies of partitions were lost, and they have begun anew, empty (L2).
     *
     * @param generations the one that has begun, by partition
     */
    record PartitionsLost(SortedMap<Integer, Long> generations) implements ClusterEvent {
        /** Keeps a copy. */
        public PartitionsLost {
            generations = Collections.unmodifiableSortedMap(new TreeMap<>(generations));
        }

        @Override
        public Kind kind() {
            return Kind.PARTITIONS_LOST;
        }

        @Override
        public int count() {
            return generations.size();
        }
    }

    /**
     * A partition had forgotten that this process listens to a cache, and hears of it again: the cache's listeners here may have missed changes
     * (V3).
     *
     * @param cache its number
     */
    record ListenerForgotten(int partition, int cache) implements ClusterEvent {
        @Override
        public Kind kind() {
            return Kind.LISTENERS_FORGOTTEN;
        }
    }

    /** A partition that this member serves waits no longer for processes that listen and have not taken its changes (B6). */
    record ChangesGivenUp(int partition) implements ClusterEvent {
        @Override
        public Kind kind() {
            return Kind.CHANGES_GIVEN_UP;
        }
    }

    /** This member has had no answer of ZooKeeper's for the grace, and serves nothing until it has (L1). */
    record LicenceLost() implements ClusterEvent {
        @Override
        public Kind kind() {
            return Kind.LICENCES_LOST;
        }
    }

    /** This member may serve again. */
    record LicenceBack() implements ClusterEvent {
        @Override
        public Kind kind() {
            return Kind.LICENCES_BACK;
        }
    }

    /**
     * This process is no member any more, gives up what it held, and joins again: others have taken it for dead, or its session is lost.
     *
     * @param why for people
     */
    record MembershipLost(String why) implements ClusterEvent {
        @Override
        public Kind kind() {
            return Kind.MEMBERSHIPS_LOST;
        }
    }
}
