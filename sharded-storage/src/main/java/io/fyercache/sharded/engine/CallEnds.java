package io.fyercache.sharded.engine;

import io.fyercache.core.operation.EncodedForm;
import io.fyercache.core.write.WriteQueueFullException;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.client.CallOutcome.Closed;
import io.fyercache.sharded.client.CallOutcome.NoLicence;
import io.fyercache.sharded.client.CallOutcome.OutcomeUnknown;
import io.fyercache.sharded.client.CallOutcome.Overloaded;
import io.fyercache.sharded.client.CallOutcome.PartitionLost;
import io.fyercache.sharded.client.CallOutcome.TooFewCopies;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.OperationResult.Failed;
import io.fyercache.sharded.message.OperationResult.ListenerFailed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/** What users are told of calls that end otherwise than well. Immutable. */
final class CallEnds {
    private static final Logger LOGGER = System.getLogger(CallEnds.class.getName());

    private final String cacheName;
    private final Duration patience;
    private final EncodedForm form;

    /** Makes the ends of the calls of a cache; {@code form} reads exceptions, behind the cache's class filter. */
    CallEnds(String cacheName, Duration patience, EncodedForm form) {
        this.cacheName = cacheName;
        this.patience = patience;
        this.form = form;
    }

    /**
     * Returns the answer that a call ended with.
     *
     * @throws CacheException if it ended without one, of a class that tells whether the operation may have happened
     */
    Answered answer(CallOutcome outcome) {
        if (outcome instanceof Answered answered) {
            return answered;
        } else if (outcome == OutcomeUnknown.OUTCOME_UNKNOWN) {
            throw new OperationOutcomeUnknownException(about("nobody can tell whether the operation took effect: it was"
                    + " sent and not answered within " + patience
                    + " or before the process left the cluster, or all copies were"
                    + " lost meanwhile"
                    + " (expected: an answer); look at the entry before you repeat the operation"));
        } else if (outcome instanceof TooFewCopies few) {
            throw new TooFewCopiesException(about("copies in sync: " + few.inSync() + " (expected: " + few.wanted()
                    + " or more, as minInSync says); nothing has happened; try again when members are back"));
        } else if (outcome instanceof PartitionLost lost) {
            throw new PartitionLostException(about("all copies of the entry's partition were lost, and its generation "
                    + lost.generation()
                    + " has begun empty (expected: that the loss is acknowledged first); nothing has"
                    + " happened"));
        } else if (outcome == Overloaded.OVERLOADED) {
            throw new ClusterOverloadedException(about("too many calls wait for this client's or the entry's turn"
                    + " (expected: fewer); nothing has happened; let fewer threads use the key, or the cluster"));
        } else if (outcome == Closed.CLOSED) {
            throw new ClusterUnavailableException(about(
                    "the process has left the cluster (expected: to be in it until its calls have ended); nothing has"
                            + " happened"));
        } else if (outcome == NoLicence.NO_LICENCE) {
            throw new ClusterUnavailableException(about("the member that has the entry has had no word from ZooKeeper"
                    + " for too long (expected: ZooKeeper within reach of the members); nothing has happened"));
        }
        throw new ClusterUnavailableException(
                about(
                        "no member answered within " + patience
                                + " (expected: one that serves the entry); nothing has happened; see that the members run, or try again"));
    }

    /**
     * Returns what an operation says.
     *
     * @throws CacheEntryListenerException if a listener failed: the operation has happened all the same
     * @throws CacheDestroyedException if the cache is none any more
     * @throws WriteQueueFullException if a change found no room among those that are to be written
     * @throws CacheException if other user code failed
     */
    OperationResult result(Answered answer) {
        if (answer.result() instanceof Failed failed) {
            if (failed.exception().equals(WriteQueueFullException.class.getName()) && failed.message() != null) {
                throw new WriteQueueFullException(failed.message());
            } else if (failed.exception().equals(CacheDestroyedException.class.getName())) {
                throw new CacheDestroyedException(about(String.valueOf(failed.message())));
            }
            throw failure(failed);
        } else if (answer.result() instanceof ListenerFailed failed) {
            throw new CacheEntryListenerException(failed.message());
        }
        return answer.result();
    }

    private CacheException failure(Failed failed) {
        Throwable cause = cause(failed);
        JCacheFailure kind = JCacheFailure.named(failed.exception());
        if (kind != null) {
            return kind.make(
                    failed.message() == null ? about(failed.exception() + " was thrown") : failed.message(), cause);
        }
        return new CacheException(
                about("user code failed on the member that has the entry: " + failed.exception()
                        + (failed.message() == null ? "" : ": " + failed.message())),
                cause);
    }

    /** Returns what was thrown, if its classes are here and permitted; that they are not is no reason to tell less than is known. */
    private @Nullable Throwable cause(Failed failed) {
        if (failed.cause() == null) {
            return null;
        }
        try {
            return form.decodeFailure(failed.cause().bytes());
        } catch (RuntimeException e) {
            LOGGER.log(Level.DEBUG, "cache {0}: an exception of user code cannot be read here: {1}", cacheName, e);
            return null;
        }
    }

    private String about(String text) {
        return "cache '" + cacheName + "': " + text;
    }
}
