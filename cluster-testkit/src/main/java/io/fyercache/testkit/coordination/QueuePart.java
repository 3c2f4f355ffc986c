package io.fyercache.testkit.coordination;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.testkit.zookeeper.Children;
import io.fyercache.testkit.zookeeper.Reply;
import io.fyercache.testkit.zookeeper.ZooKeeperClient;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to be the controller. A candidate is created and vanishes together with its member's znode, but is read at another moment: one
 * whose member is not known, or has been expelled, is left out until both agree.
 */
final class QueuePart implements WatchedPart {
    private final ZooKeeperClient client;
    private final Announcer announcer;
    private final MembersPart members;
    private List<String> names = List.of();
    private List<Incarnation> told = List.of();

    QueuePart(ZooKeeperClient client, Announcer announcer, MembersPart members) {
        this.client = client;
        this.announcer = announcer;
        this.members = members;
    }

    @Override
    public String path() {
        return Znodes.LATCH;
    }

    @Override
    public void read(Consumer<Ending> end) {
        client.children(Znodes.LATCH, reply -> {
            if (reply instanceof Reply.Done<Children> done) {
                names = done.value().names().stream()
                        .sorted(Comparator.comparingInt(Znodes::place))
                        .toList();
                end.accept(Ending.READ);
            } else {
                end.accept(Ending.LOST);
            }
        });
    }

    /** Tells the listener if the queue is another than it was, by what is known of candidates and members. */
    void tellIfNew() {
        List<Incarnation> queue = names.stream()
                .map(Znodes::memberOf)
                .map(members::named)
                .filter(Objects::nonNull)
                .map(Member::incarnation)
                .toList();
        if (!queue.equals(told)) {
            told = queue;
            announcer.tell(listener -> listener.candidatesChanged(queue));
        }
    }

    /** Returns the path of a member's candidate, as far as is known. */
    @Nullable
    String candidateOf(String memberName) {
        return candidateAmong(names.stream(), memberName);
    }

    static @Nullable String candidateAmong(Stream<String> names, String memberName) {
        return names.filter(name -> Znodes.memberOf(name).equals(memberName))
                .findFirst()
                .map(name -> Znodes.LATCH + "/" + name)
                .orElse(null);
    }
}
