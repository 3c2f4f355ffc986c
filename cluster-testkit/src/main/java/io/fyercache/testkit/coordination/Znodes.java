package io.fyercache.testkit.coordination;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.testkit.zookeeper.ZnodeOperation;
import io.fyercache.testkit.zookeeper.ZnodeOperation.Create;
import io.fyercache.testkit.zookeeper.ZnodeOperation.CreateMode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where everything is in ZooKeeper. */
final class Znodes {
    /** Its children are the members, each ephemeral, named by their ids. */
    static final String MEMBERS = "/members";

    /** Its children are the candidates, named by their member's id and a number that is their place in the queue. */
    static final String LATCH = "/latch";

    /** Its version is the controller's epoch, its data the controller's incarnation. */
    static final String CONTROLLER = "/ctl";

    /** Its version is the table's; its children are the segments. */
    static final String TABLE = "/table";

    private Znodes() {}

    /** Makes what every cluster has: all of it is there, or nothing. */
    static List<ZnodeOperation> founding() {
        return Stream.of(MEMBERS, LATCH, CONTROLLER, TABLE)
                .<ZnodeOperation>map(path -> new Create(path, nothing(), CreateMode.PERSISTENT))
                .toList();
    }

    static String member(String id) {
        return MEMBERS + "/" + id;
    }

    /** The beginning of a candidate's path. */
    static String candidate(UUID id) {
        return LATCH + "/" + id + "-";
    }

    /** The id of the member whose candidate it is. */
    static String memberOf(String candidateName) {
        return candidateName.substring(0, candidateName.lastIndexOf('-'));
    }

    /** Where a candidate stands: the lower, the earlier its turn. */
    static int place(String candidateName) {
        return Integer.parseInt(candidateName.substring(candidateName.lastIndexOf('-') + 1));
    }

    static String segment(int number) {
        return TABLE + "/seg-" + number / 10 + number % 10;
    }

    static byte[] nothing() {
        return new byte[0];
    }

    static byte[] encode(Incarnation controller) {
        return ByteBuffer.allocate(Long.BYTES).putLong(controller.number()).array();
    }

    /** Returns null if nobody ever was the controller. */
    static @Nullable Incarnation decodeController(byte[] data) {
        return data.length == 0 ? null : new Incarnation(ByteBuffer.wrap(data).getLong());
    }
}
