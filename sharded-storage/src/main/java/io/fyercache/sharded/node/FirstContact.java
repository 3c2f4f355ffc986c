package io.fyercache.sharded.node;

import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.transport.netty.Knock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether those who are in the cluster believe a process that comes, and it them. It knocks at every member's door until one lets it in. If none does
 * and somebody goes on to refuse, it will never be of use: it has another secret, no certificate that they accept, or none at all. Whoever starts it
 * is to be told so, at once, instead of finding operations that time out.
 *
 * <p>Members who are not reached say nothing of the kind: they may have died, and nobody knows yet. Nor does a member's former life, at whose address
 * another is by now.
 *
 * <p>Used by the process's thread.
 */
final class FirstContact {
    private static final Logger LOGGER = System.getLogger(FirstContact.class.getName());

    /** Nanoseconds, 5 s, for which somebody has to refuse: members that start or end at the same time do not for so long. */
    static final long LIMIT_NANOS = 5_000_000_000L;

    private final CompletableFuture<Void> made = new CompletableFuture<>();
    private final long startNanos;
    private final TreeMap<Incarnation, Knock> answers = new TreeMap<>();
    private final TreeSet<Incarnation> asked = new TreeSet<>();
    private @Nullable BiConsumer<Incarnation, Consumer<Knock>> door;
    private @Nullable List<Member> present;
    private @Nullable Incarnation self;

    /** Nobody has let the process in. */
    static final class RefusedByAllException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedByAllException(String message) {
            super(message);
        }
    }

    FirstContact(long nowNanos) {
        startNanos = nowNanos;
    }

    /** Returns what completes when somebody has let the process in, or nobody is there who could, and else fails with a {@link RefusedByAllException}. */
    CompletableFuture<Void> made() {
        return made;
    }

    /** Knocks at these doors from now on. */
    void knockAt(BiConsumer<Incarnation, Consumer<Knock>> doors) {
        door = doors;
        asked.clear();
    }

    /** Takes in which of those who are there is the member of this process, be they known already or not: it would let itself in. */
    void livesAs(Incarnation own) {
        self = own;
    }

    /** Takes in who is there. */
    void membersChanged(List<Member> members) {
        present = List.copyOf(members);
        answers.keySet().retainAll(members.stream().map(Member::incarnation).toList());
    }

    /** Returns whom to ask; null if nobody knows yet who is there. */
    private @Nullable List<Member> others() {
        if (present == null) {
            return null;
        }
        Map<DataAddress, Member> latest = new LinkedHashMap<>();
        for (Member member : present) {
            latest.merge(
                    member.description().dataAddress(),
                    member,
                    (one, other) -> one.incarnation().compareTo(other.incarnation()) > 0 ? one : other);
        }
        return latest.values().stream()
                .filter(member -> !member.incarnation().equals(self))
                .toList();
    }

    /** Knocks again, and decides. */
    void onTick(long nowNanos) {
        if (made.isDone()) {
            return;
        }
        List<Member> others = others();
        if (others != null && door != null) {
            for (Member other : others) {
                if (asked.add(other.incarnation())) {
                    door.accept(other.incarnation(), answer -> answered(other.incarnation(), answer));
                }
            }
        }
        decide(others, nowNanos - startNanos >= LIMIT_NANOS);
    }

    private void answered(Incarnation member, Knock answer) {
        asked.remove(member);
        answers.put(member, answer);
        if (answer == Knock.Plain.LET_IN) {
            made.complete(null);
        }
    }

    private void decide(@Nullable List<Member> asking, boolean overdue) {
        if (asking == null) {
            // Who cannot read who is there is told of that otherwise.
            if (overdue) {
                made.complete(null);
            }
            return;
        }
        List<String> refusals = new ArrayList<>();
        boolean undecided = false;
        for (Member member : asking) {
            Knock answer = answers.get(member.incarnation());
            undecided |= answer == null;
            if (answer instanceof Knock.Refused refused) {
                refusals.add(member + " at " + member.description().dataAddress() + ": " + refused.why());
            }
        }
        if (refusals.isEmpty() && (!undecided || overdue)) {
            if (!asking.isEmpty()) {
                LOGGER.log(
                        Level.WARNING,
                        "of the members {0} none can be reached (expected: some); the process goes on",
                        asking);
            }
            made.complete(null);
        } else if (!refusals.isEmpty() && overdue) {
            made.completeExceptionally(
                    new RefusedByAllException("no member lets it in: " + String.join("; ", refusals)));
        }
    }
}
