package io.fyercache.zookeeper.znode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several znodes read at once. Those that are not there are left out. If one answer is lost, all are: a connection may break between two of
 * them, and a later one be answered by the next.
 */
public final class ZnodeReading {
    private final int count;
    private final Consumer<Reply<List<Znode>>> callback;
    private final List<Znode> found = new ArrayList<>();
    private int answered;
    private boolean lost;
    private Reply.@Nullable Refused<List<Znode>> refused;

    private ZnodeReading(int count, Consumer<Reply<List<Znode>>> callback) {
        this.count = count;
        this.callback = callback;
    }

    /**
     * Reads znodes.
     *
     * @param paths of at least one
     * @param callback is given those that are there, in the order of their paths; refused if one may not be read
     */
    public static void of(ZnodeSession session, List<String> paths, Consumer<Reply<List<Znode>>> callback) {
        ZnodeReading reading = new ZnodeReading(paths.size(), callback);
        paths.forEach(path -> session.get(path, reading::onReply));
    }

    private void onReply(Reply<Znode> reply) {
        answered++;
        if (reply instanceof Reply.Done<Znode> done) {
            found.add(done.value());
        } else if (reply instanceof Reply.Lost) {
            lost = true;
        } else if (reply instanceof Reply.Refused<Znode> denied && denied.reason() != Refusal.NO_NODE) {
            refused = new Reply.Refused<>(0, denied.reason());
        }
        if (answered == count) {
            callback.accept(end());
        }
    }

    private Reply<List<Znode>> end() {
        if (lost) {
            return new Reply.Lost<>();
        }
        return refused == null ? new Reply.Done<>(found) : refused;
    }
}
