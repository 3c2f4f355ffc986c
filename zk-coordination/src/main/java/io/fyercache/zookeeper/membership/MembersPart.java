package io.fyercache.zookeeper.membership;

import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.zookeeper.watch.Announcer;
import io.fyercache.zookeeper.watch.WatchedPart;
import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeReading;
import io.fyercache.zookeeper.znode.ZnodeSession;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is there. A member's znode is read once: no two lives share a name, and what a member says of itself does not change. One that
 * vanishes between its name and its znode being read is left out, which is true of it whatever the list is as of.
 *
 * <p>One whose znode cannot be read is there all the same, and must not be taken for gone. It may be of a later release, so it is no reason
 * for others to stop.
 */
public final class MembersPart implements WatchedPart {
    private final ZnodeSession session;
    private final Announcer announcer;
    private final ClusterListener listener;
    private final Consumer<DamagedZnodeException> onDamage;
    private final Map<String, Member> byName = new TreeMap<>();
    private final Map<String, Incarnation> unreadable = new TreeMap<>();
    private MembersPresent known = MembersPresent.NOBODY;

    /**
     * Knows nobody.
     *
     * @param onDamage is told once of each member that cannot be read
     */
    public MembersPart(
            ZnodeSession session,
            Announcer announcer,
            ClusterListener listener,
            Consumer<DamagedZnodeException> onDamage) {
        this.session = session;
        this.announcer = announcer;
        this.listener = listener;
        this.onDamage = onDamage;
    }

    @Override
    public String path() {
        return Znodes.MEMBERS;
    }

    /** Tells whether all is known of a member that there is to know: its znode, or that it has none. */
    public boolean isKnown(Incarnation member) {
        return member.number() <= known.asOf();
    }

    /** Returns where a member's znode is, as far as is known, or null. */
    public @Nullable String pathOf(Incarnation member) {
        for (Map.Entry<String, Member> entry : byName.entrySet()) {
            if (entry.getValue().incarnation().equals(member)) {
                return Znodes.member(entry.getKey());
            }
        }
        for (Map.Entry<String, Incarnation> entry : unreadable.entrySet()) {
            if (entry.getValue().equals(member)) {
                return Znodes.member(entry.getKey());
            }
        }
        return null;
    }

    /** Returns the member of a name, as far as it is known, or null. */
    public @Nullable Member named(String name) {
        return byName.get(name);
    }

    @Override
    public void read(Consumer<Ending> end) {
        session.children(Znodes.MEMBERS, reply -> {
            if (reply instanceof Reply.Done<Children> done) {
                readNew(done.value(), end);
            } else {
                end.accept(failed(reply));
            }
        });
    }

    private void readNew(Children children, Consumer<Ending> end) {
        List<String> unknown = new ArrayList<>(children.names());
        unknown.removeAll(byName.keySet());
        unknown.removeAll(unreadable.keySet());
        if (unknown.isEmpty()) {
            take(children, end);
            return;
        }
        List<String> paths = unknown.stream().map(Znodes::member).toList();
        ZnodeReading.of(session, paths, reply -> {
            if (reply instanceof Reply.Done<List<Znode>> done) {
                done.value().forEach(this::add);
                take(children, end);
            } else {
                end.accept(failed(reply));
            }
        });
    }

    private Ending failed(Reply<?> reply) {
        if (reply instanceof Reply.Lost) {
            return Ending.LOST;
        }
        onDamage.accept(DamagedZnodeException.unreadable(Znodes.MEMBERS, reply));
        return Ending.UNREADABLE;
    }

    private void add(Znode znode) {
        String name = Znodes.nameOf(znode.path());
        Incarnation incarnation = new Incarnation(znode.stat().czxid());
        try {
            byName.put(name, new Member(incarnation, Znodes.decodeMember(znode)));
        } catch (DamagedZnodeException e) {
            unreadable.put(name, incarnation);
            onDamage.accept(e);
        }
    }

    private void take(Children children, Consumer<Ending> end) {
        long asOf = children.parent().pzxid();
        if (asOf > known.asOf()) {
            byName.keySet().retainAll(children.names());
            unreadable.keySet().retainAll(children.names());
            MembersPresent next =
                    new MembersPresent(asOf, List.copyOf(byName.values()), List.copyOf(unreadable.values()));
            known = next;
            announcer.tell(() -> listener.membersChanged(next));
        }
        end.accept(Ending.READ);
    }
}
