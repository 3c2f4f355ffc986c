package io.fyercache.sharded.client;

import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.List;

/** A host that delivers nothing, so that a test can say what arrives and when. */
final class RecordedHost implements RouterHost {
    final List<Sent> sent = new ArrayList<>();
    int tablesWanted;
    boolean refusesToSend;
    boolean drawsMost;

    /** A request that was sent. */
    record Sent(Incarnation to, Call call) {}

    @Override
    public boolean send(Incarnation member, Call call) {
        if (!refusesToSend) {
            sent.add(new Sent(member, call));
        }
        return !refusesToSend;
    }

    @Override
    public void learnTable() {
        tablesWanted++;
    }

    @Override
    public long draw(long bound) {
        return drawsMost ? bound - 1 : 0;
    }
}
