package io.fyercache.sharded.node;

import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.topology.MemberDescription;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** How processes get to a cluster that is kept in ZooKeeper. Thread-safe; everybody is told on the process's thread. */
public interface Coordination {

    /**
     * Begins a life of a member, and founds the cluster if there is none and the process has been in none.
     *
     * @param former the cluster that the process has been in: it has to be that one, if there is one
     * @param description with an id that no other life has
     * @param listener is told what goes on, after {@link EntryListener#entered}
     */
    Visit join(
            Optional<UUID> former,
            MemberDescription description,
            Executor process,
            CoordinationListener listener,
            EntryListener<ClusterCoordinator> entry);

    /**
     * Opens what a client sees of the cluster.
     *
     * @param former as above
     * @param listener is told what goes on, after {@link EntryListener#entered}
     */
    Visit look(Optional<UUID> former, Executor process, ClusterListener listener, EntryListener<ClusterView> entry);

    /** A stay in the cluster, or the attempt to begin one. */
    interface Visit {
        /** Ends it; nobody is told anything more. Called by the process's thread, or when that has ended. */
        void leave();

        /** Returns when all that it has begun has ended, after it was left, or was told to be over. */
        CompletionStage<Void> ended();
    }

    /** Is told what becomes of an attempt to get in. */
    interface EntryListener<V extends ClusterView> {
        /** It has succeeded. */
        void entered(V view);

        /** It has not; or it had, and the cluster is not the same any more, or not permitted any more. Nothing else is told. */
        void failed(EntryFailure why);
    }

    /**
     * Why a process did not get in.
     *
     * @param message for people: what was found, what was expected, and what can be done
     */
    record EntryFailure(Prospect prospect, String message) {}

    /** Whether it makes sense to try again at once. */
    enum Prospect {
        /** What was in the way may be gone by then. */
        TRY_AGAIN,
        /** Somebody has to do something first. */
        HOPELESS
    }
}
