package io.fyercache.testkit.coordination;

import io.fyercache.testkit.coordination.WatchedPart.Ending;
import io.fyercache.testkit.zookeeper.ZooKeeperClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what has changed, in rounds: what changes during a round is read in the next one. A round that the connection did not survive is
 * repeated on the next, for everything: watches do not tell what changed while there was none.
 */
final class ReadingRounds {
    private final ZooKeeperClient client;
    private final List<WatchedPart> parts;
    private final Runnable roundRead;
    private final Set<WatchedPart> changed = new LinkedHashSet<>();
    private List<Runnable> afterThisRound = new ArrayList<>();
    private List<Runnable> afterNextRound = new ArrayList<>();
    private int beingRead;
    private boolean lost;

    /**
     * Reads nothing yet.
     *
     * @param roundRead is called after each round
     */
    ReadingRounds(ZooKeeperClient client, List<WatchedPart> parts, Runnable roundRead) {
        this.client = client;
        this.parts = parts;
        this.roundRead = roundRead;
    }

    /** Watches and reads everything. The watches come first, so that no change goes between them and the reading. */
    void start() {
        parts.forEach(part -> client.watch(part.path()));
        readAll();
    }

    void readAll() {
        changed.addAll(parts);
        readChanged();
    }

    void onChange(String path) {
        for (WatchedPart part : parts) {
            if (part.path().equals(path)) {
                changed.add(part);
            }
        }
        readChanged();
    }

    /** Calls back when all changes are read that this member has been told of by now: at once, if they are. */
    void whenRead(Runnable then) {
        if (beingRead == 0 && changed.isEmpty()) {
            then.run();
        } else {
            (changed.isEmpty() ? afterThisRound : afterNextRound).add(then);
        }
    }

    private void readChanged() {
        if (beingRead > 0 || changed.isEmpty() || !client.isConnected()) {
            return;
        }
        List<WatchedPart> now = List.copyOf(changed);
        changed.clear();
        afterThisRound = afterNextRound;
        afterNextRound = new ArrayList<>();
        beingRead = now.size();
        now.forEach(part -> part.read(ending -> onRead(part, ending)));
    }

    private void onRead(WatchedPart part, Ending ending) {
        if (ending == Ending.LOST) {
            lost = true;
            changed.add(part);
        }
        beingRead--;
        if (beingRead == 0) {
            endRound();
        }
    }

    private void endRound() {
        List<Runnable> waiting = afterThisRound;
        afterThisRound = new ArrayList<>();
        if (lost) {
            lost = false;
            afterNextRound.addAll(0, waiting);
        } else {
            roundRead.run();
            waiting.forEach(Runnable::run);
        }
        readChanged();
    }
}
