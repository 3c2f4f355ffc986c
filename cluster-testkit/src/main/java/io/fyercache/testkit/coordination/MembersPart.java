package io.fyercache.testkit.coordination;

import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.TopologyForm;
import io.fyercache.testkit.zookeeper.Children;
import io.fyercache.testkit.zookeeper.Reply;
import io.fyercache.testkit.zookeeper.Znode;
import io.fyercache.testkit.zookeeper.ZooKeeperClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is there. A member's znode is read once: no two lives share a name, and what a member says of itself does not change. One that
 * vanishes between its name and its znode being read is left out, which is true of it whatever the list is as of.
 */
final class MembersPart implements WatchedPart {
    private final ZooKeeperClient client;
    private final Announcer announcer;
    private final String ownName;
    private final Runnable onMissing;
    private final Map<String, Member> byName = new TreeMap<>();
    private MembersPresent known = MembersPresent.NOBODY;

    /**
     * Knows nobody.
     *
     * @param onMissing is called when this member's own znode is gone
     */
    MembersPart(ZooKeeperClient client, Announcer announcer, String ownName, Runnable onMissing) {
        this.client = client;
        this.announcer = announcer;
        this.ownName = ownName;
        this.onMissing = onMissing;
    }

    @Override
    public String path() {
        return Znodes.MEMBERS;
    }

    /** Tells whether all is known of a member that there is to know: its znode, or that it has none. */
    boolean isKnown(Incarnation member) {
        return member.number() <= known.asOf();
    }

    /** Returns where a member's znode is, as far as is known, or null. */
    @Nullable
    String pathOf(Incarnation member) {
        for (Map.Entry<String, Member> entry : byName.entrySet()) {
            if (entry.getValue().incarnation().equals(member)) {
                return Znodes.member(entry.getKey());
            }
        }
        return null;
    }

    @Nullable
    Member named(String name) {
        return byName.get(name);
    }

    @Override
    public void read(Consumer<Ending> end) {
        client.children(Znodes.MEMBERS, reply -> {
            if (reply instanceof Reply.Done<Children> done) {
                readNew(done.value(), end);
            } else {
                end.accept(Ending.LOST);
            }
        });
    }

    private void readNew(Children children, Consumer<Ending> end) {
        List<String> unknown = new ArrayList<>(children.names());
        unknown.removeAll(byName.keySet());
        if (unknown.isEmpty()) {
            take(children, end);
        }
        for (int i = 0; i < unknown.size(); i++) {
            String name = unknown.get(i);
            // Answers come in the order of the requests, so the last one is the end.
            boolean last = i == unknown.size() - 1;
            client.get(Znodes.member(name), reply -> {
                if (reply instanceof Reply.Done<Znode> done) {
                    byName.put(name, decode(done.value()));
                }
                if (last && reply instanceof Reply.Lost) {
                    end.accept(Ending.LOST);
                } else if (last) {
                    take(children, end);
                }
            });
        }
    }

    private static Member decode(Znode znode) {
        return new Member(new Incarnation(znode.stat().czxid()), TopologyForm.decodeDescription(znode.data()));
    }

    private void take(Children children, Consumer<Ending> end) {
        long asOf = children.parent().stat().pzxid();
        byName.keySet().retainAll(children.names());
        if (asOf > known.asOf()) {
            MembersPresent next = new MembersPresent(asOf, List.copyOf(byName.values()));
            known = next;
            announcer.tell(listener -> listener.membersChanged(next));
        }
        if (!byName.containsKey(ownName)) {
            onMissing.run();
        }
        end.accept(Ending.READ);
    }
}
