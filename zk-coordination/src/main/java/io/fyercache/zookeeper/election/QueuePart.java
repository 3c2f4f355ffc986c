package io.fyercache.zookeeper.election;

import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.zookeeper.membership.MembersPart;
import io.fyercache.zookeeper.watch.Announcer;
import io.fyercache.zookeeper.watch.WatchedPart;
import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.ZnodeSession;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to be the controller. A candidate is created and vanishes together with its member's znode, but is read at another moment: one
 * whose member is not known, or has been expelled, is left out until both agree.
 */
public final class QueuePart implements WatchedPart {
    private final ZnodeSession session;
    private final Announcer announcer;
    private final CoordinationListener listener;
    private final MembersPart members;
    private final Consumer<DamagedZnodeException> onDamage;
    private List<String> names = List.of();
    private List<Incarnation> told = List.of();

    /** Knows nothing yet. */
    public QueuePart(
            ZnodeSession session,
            Announcer announcer,
            CoordinationListener listener,
            MembersPart members,
            Consumer<DamagedZnodeException> onDamage) {
        this.session = session;
        this.announcer = announcer;
        this.listener = listener;
        this.members = members;
        this.onDamage = onDamage;
    }

    @Override
    public String path() {
        return Znodes.LATCH;
    }

    @Override
    public void read(Consumer<Ending> end) {
        session.children(Znodes.LATCH, reply -> {
            if (reply instanceof Reply.Done<Children> done) {
                names = done.value().names().stream()
                        .filter(Znodes::isCandidate)
                        .sorted(Comparator.comparingLong(Znodes::place))
                        .toList();
                end.accept(Ending.READ);
            } else if (reply instanceof Reply.Lost) {
                end.accept(Ending.LOST);
            } else {
                onDamage.accept(DamagedZnodeException.unreadable(Znodes.LATCH, reply));
                end.accept(Ending.UNREADABLE);
            }
        });
    }

    /** Tells the listener if the queue is another than it was, by what is known of candidates and members. */
    public void tellIfNew() {
        List<Incarnation> queue = names.stream()
                .map(Znodes::memberOf)
                .map(members::named)
                .filter(Objects::nonNull)
                .map(Member::incarnation)
                .toList();
        if (!queue.equals(told)) {
            told = queue;
            announcer.tell(() -> listener.candidatesChanged(queue));
        }
    }

    /** Returns the path of a member's candidate, as far as is known, or null. */
    public @Nullable String candidateOf(String memberName) {
        return candidateAmong(names, memberName);
    }

    /** Returns the path of a member's candidate, if its name is among these, or null. */
    public static @Nullable String candidateAmong(List<String> names, String memberName) {
        for (String name : names) {
            if (Znodes.isCandidate(name) && Znodes.memberOf(name).equals(memberName)) {
                return Znodes.LATCH + "/" + name;
            }
        }
        return null;
    }
}
