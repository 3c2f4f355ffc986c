package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.cluster.exchange.Answer.Done;
import io.fyercache.benchmarks.cluster.exchange.Answer.Numbers;
import io.fyercache.benchmarks.cluster.exchange.Request;
import io.fyercache.benchmarks.cluster.exchange.Request.CountMembers;
import io.fyercache.benchmarks.cluster.exchange.Request.Fill;
import io.fyercache.benchmarks.cluster.exchange.Request.Put;
import io.fyercache.benchmarks.cluster.exchange.Request.Read;
import io.fyercache.benchmarks.cluster.exchange.Request.ReadClock;
import io.fyercache.benchmarks.workload.SharedEntries;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The members of one contestant's cluster, each a process. For one thread. */
final class Cluster implements AutoCloseable {
    /** How many there are at first. */
    static final int MEMBERS = 3;

    /** Three, and one that may come later. */
    private static final int MOST_MEMBERS = MEMBERS + 1;

    /** After which a request counts as hanging. */
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    /** After which members that do not find each other, or move data, will not do so any more. */
    static final Duration SETTLE_LIMIT = Duration.ofMinutes(3);

    private static final Duration POLL = Duration.ofMillis(50);

    /** Keys that are written to see whether all members see them; no other keys are near. */
    private static final long PROBE_KEY = 500_000;

    private static final int PROBE_BYTES = 100;

    private final MemberLauncher launcher;
    private final List<Integer> ports;
    private final List<MemberProcess> members = new ArrayList<>();

    private Cluster(MemberLauncher launcher, List<Integer> ports) {
        this.launcher = launcher;
        this.ports = ports;
    }

    /**
     * Starts three members. Where they are a cluster, waits until each of them sees all; where they share entries, proves that what one writes the others read.
     *
     * @throws ClusterFailure if the contestant cannot do that
     * @throws IOException if a process cannot be started
     */
    static Cluster start(MemberLauncher launcher) throws ClusterFailure, IOException, InterruptedException {
        Cluster cluster = new Cluster(launcher, FreePorts.of(MOST_MEMBERS));
        try {
            // Somebody must be there for the others to find.
            cluster.startMember().awaitJoined();
            List<MemberProcess> others = new ArrayList<>();
            while (cluster.members.size() < MEMBERS) {
                others.add(cluster.startMember());
            }
            for (MemberProcess member : others) {
                member.awaitJoined();
            }
            if (launcher.form().isOfCluster()) {
                cluster.awaitSettled();
            }
            if (launcher.form().isShared()) {
                cluster.verifyShared();
            }
            cluster.verifyClocks();
            return cluster;
        } catch (ClusterFailure | IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Starts one more member, without waiting until it has joined. */
    MemberProcess startMember() throws IOException {
        MemberProcess member = launcher.start(members.size(), ports);
        members.add(member);
        return member;
    }

    /** A member, by its number from 0 in the order of their starts. */
    MemberProcess member(int number) {
        return members.get(number);
    }

    /** All members that were started. */
    List<MemberProcess> members() {
        return List.copyOf(members);
    }

    /** Waits until each sees all, and no data is on the move. */
    void awaitSettled() throws ClusterFailure, InterruptedException {
        long deadlineNanos = System.nanoTime() + SETTLE_LIMIT.toNanos();
        for (int number = 0; number < members.size(); number++) {
            while (seenBy(number) != members.size()) {
                if (System.nanoTime() - deadlineNanos > 0) {
                    throw new ClusterFailure("after %d s member %d sees %d settled members (expected: %d)"
                            .formatted(SETTLE_LIMIT.toSeconds(), number, seenBy(number), members.size()));
                }
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
        }
    }

    private long seenBy(int number) throws ClusterFailure, InterruptedException {
        return askForNumbers(member(number), new CountMembers()).get(0);
    }

    static List<Long> askForNumbers(MemberProcess member, Request request) throws ClusterFailure, InterruptedException {
        return member.ask(request, Numbers.class, ANSWER_LIMIT).numbers();
    }

    private void verifyShared() throws ClusterFailure, InterruptedException {
        for (int writer = 0; writer < members.size(); writer++) {
            long stamp = writer + 1L;
            member(writer).ask(new Put(PROBE_KEY + writer, stamp, PROBE_BYTES), Done.class, ANSWER_LIMIT);
            for (int reader = 0; reader < members.size(); reader++) {
                List<Long> found = askForNumbers(member(reader), new Read(PROBE_KEY + writer, 1));
                if (!found.equals(List.of(stamp))) {
                    throw new ClusterFailure(
                            "member %d reads %s of what member %d put (expected: %d): they share no cache"
                                    .formatted(reader, found, writer, stamp));
                }
            }
        }
    }

    /** Members are told by the runner's clock when to begin, and tell by theirs what was when. */
    private void verifyClocks() throws ClusterFailure, InterruptedException {
        for (MemberProcess member : members) {
            long before = System.nanoTime();
            long shown = askForNumbers(member, new ReadClock()).get(0);
            long after = System.nanoTime();
            if (shown - before < 0 || shown - after > 0) {
                throw new ClusterFailure(
                        "a member's clock shows %d ns (expected: %d..%d): JVMs of this system have no clock in common"
                                .formatted(shown, before, after));
            }
        }
    }

    /** Writes all entries: a share by each of the first three members, or all by each where they share none. */
    void fill(int valueBytes) throws ClusterFailure, InterruptedException {
        boolean isShared = launcher.form().isShared();
        int share = isShared ? (SharedEntries.ENTRIES + MEMBERS - 1) / MEMBERS : SharedEntries.ENTRIES;
        for (int number = 0; number < MEMBERS; number++) {
            int first = isShared ? number * share : 0;
            member(number).send(new Fill(valueBytes, first, Math.min(share, SharedEntries.ENTRIES - first)));
        }
        for (int number = 0; number < MEMBERS; number++) {
            member(number).answer(Done.class, ANSWER_LIMIT);
        }
    }

    /** Ends all processes; nothing that they hold is wanted any more. */
    @Override
    public void close() {
        members.forEach(MemberProcess::close);
    }
}
