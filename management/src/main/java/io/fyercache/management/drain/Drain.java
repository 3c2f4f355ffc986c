package io.fyercache.management.drain;

import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import io.fyercache.management.report.ManagedProcess;
import io.fyercache.sharded.node.ClusterPicture;
import io.fyercache.sharded.node.ClusterPicture.Part;
import io.fyercache.sharded.node.ClusterStatus;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has a member hand over what it holds and its process end, when somebody asks for it, and says how far it is. What is held is counted by the life that it
 * had when it was asked: it has none any more when it has left. Thread-safe.
 */
public final class Drain {
    /** Seconds, 3, for which a process that has handed over waits until somebody has heard of it: who follows asks twice in a second. */
    private static final long LAST_WORD_SECONDS = 3;

    private final ManagedProcess process;
    private final Optional<Runnable> end;

    /** Who asks a second time has got the first answer; after one alone the process could end before it is sent. */
    private final CountDownLatch told = new CountDownLatch(2);

    /** Guarded by this. */
    private State state = State.NONE;

    /** The life of the member that is handed over; guarded by this. */
    private Optional<Incarnation> life = Optional.empty();

    private enum State {
        NONE,
        DRAINING,
        DRAINED
    }

    /**
     * Drains a process.
     *
     * @param end has it hand over and end, later and on another thread; empty if that is its application's to decide
     */
    public Drain(ManagedProcess process, Optional<Runnable> end) {
        this.process = process;
        this.end = end;
    }

    /**
     * Begins, or goes on if it has begun.
     *
     * @throws ProblemException if the process cannot be ended so, is no member, or there is nobody to hand over to; it goes on as it is then
     */
    public synchronized DrainReport begin() {
        if (state == State.NONE) {
            Runnable ending = end.orElseThrow(() -> refused(
                    "a process of an application",
                    "one that was started by fyercache-node run",
                    "have the application close its cache manager"));
            life = Optional.of(heldBy());
            state = State.DRAINING;
            ending.run();
        }
        return report();
    }

    private Incarnation heldBy() {
        ClusterPicture picture = process.cluster()
                .map(ClusterStatus::picture)
                .filter(known -> known.part() == Part.MEMBER && known.self().isPresent())
                .orElseThrow(() -> refused(
                        "no member at present", "a member of a cluster", "end it by SIGTERM: it holds nothing"));
        if (picture.members().size() < 2) {
            throw refused(
                    "the only member",
                    "another one, to hand over to",
                    "start one; or end it by SIGTERM, and all entries are lost that no writer has written");
        }
        return picture.self().orElseThrow();
    }

    private static ProblemException refused(String value, String expected, String remedy) {
        return new ProblemException(ProblemKind.CONFLICT, "drain", value, expected, remedy);
    }

    /** Returns how far it is. */
    public synchronized DrainReport report() {
        if (state == State.DRAINED) {
            told.countDown();
        }
        Optional<ClusterPicture> picture = process.cluster().map(ClusterStatus::picture);
        List<PartitionRecord> records = picture.map(ClusterPicture::records).orElse(List.of());
        Optional<Incarnation> self = life.isPresent() ? life : picture.flatMap(ClusterPicture::self);
        return new DrainReport(
                state.name().toLowerCase(Locale.ROOT),
                (int) records.stream()
                        .filter(record -> self.filter(record.inSync()::contains).isPresent())
                        .count(),
                (int) records.stream()
                        .filter(record -> self.filter(record.primary()::equals).isPresent())
                        .count());
    }

    /** Notes that the process has left its cluster. If it was drained, waits until somebody has heard of it, for 3 s at most. */
    public void left() throws InterruptedException {
        synchronized (this) {
            if (state == State.NONE) {
                return;
            }
            state = State.DRAINED;
        }
        // Nobody may be there any more to hear it.
        boolean unused = told.await(LAST_WORD_SECONDS, TimeUnit.SECONDS);
    }
}
