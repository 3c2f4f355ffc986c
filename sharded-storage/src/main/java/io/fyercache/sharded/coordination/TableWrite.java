package io.fyercache.sharded.coordination;

import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.TableDelta;
import java.util.List;

/** A change of the table by the controller: it happens as a whole or not at all. */
public sealed interface TableWrite {

    /** The epoch in which the writer is the controller. It is refused once there is a later one. */
    ControllerEpoch epoch();

    /** The first table of the cluster. It is refused if there is one. */
    record Found(ControllerEpoch epoch, PartitionTable table) implements TableWrite {}

    /**
     * New records.
     *
     * @param baseVersion the version of the table that they were made from. It is refused if the table has another one.
     * @param expelled members whose znodes are removed with it: they were taken for dead, and if they live they must know (T7)
     */
    record Change(ControllerEpoch epoch, long baseVersion, TableDelta delta, List<Incarnation> expelled)
            implements TableWrite {
        /** Keeps an unmodifiable copy of the members. */
        public Change {
            expelled = List.copyOf(expelled);
        }
    }
}
