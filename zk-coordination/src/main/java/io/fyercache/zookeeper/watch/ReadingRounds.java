package io.fyercache.zookeeper.watch;

import io.fyercache.zookeeper.watch.WatchedPart.Ending;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.ZnodeSession;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads what has changed, in rounds: what changes during a round is read in the next one. A round that the connection did not survive is
 * repeated on the next, for everything: watches do not tell what changed while there was none.
 *
 * <p>A part that cannot be read is tried again whenever somebody waits for all to be read, and who waits does so until it can be: a member
 * that does not know the table must not seem to know it.
 *
 * <p>Used by the thread of the session.
 */
public final class ReadingRounds {
    private final ZnodeSession session;
    private final List<WatchedPart> parts;
    private final Runnable roundRead;
    private final Consumer<Reply.Refused<List<Written>>> onSyncRefused;
    private final Set<WatchedPart> changed = new LinkedHashSet<>();
    private final Set<WatchedPart> unreadable = new LinkedHashSet<>();
    private List<Runnable> afterThisRound = new ArrayList<>();
    private List<Runnable> afterNextRound = new ArrayList<>();
    private final List<Runnable> onceConnected = new ArrayList<>();
    private int beingRead;
    private boolean lost;

    /**
     * Reads nothing yet.
     *
     * @param roundRead is called after each round
     * @param onSyncRefused is told if ZooKeeper refuses what a refresh begins with; the refresh does not end then
     */
    public ReadingRounds(
            ZnodeSession session,
            List<WatchedPart> parts,
            Runnable roundRead,
            Consumer<Reply.Refused<List<Written>>> onSyncRefused) {
        this.session = session;
        this.parts = new ArrayList<>(parts);
        this.roundRead = roundRead;
        this.onSyncRefused = onSyncRefused;
    }

    /** Watches and reads everything. The watches come first, so that no change goes between them and the reading. */
    public void start() {
        parts.forEach(part -> session.watch(part.path()));
        readAll();
    }

    /** Watches and reads one more part from now on. */
    public void add(WatchedPart part) {
        parts.add(part);
        session.watch(part.path());
        changed.add(part);
        readChanged();
    }

    /** There is another connection: reads everything, and goes on with what waited for it. */
    public void onConnected() {
        readAll();
        List<Runnable> due = List.copyOf(onceConnected);
        onceConnected.clear();
        due.forEach(Runnable::run);
    }

    private void readAll() {
        changed.addAll(parts);
        readChanged();
    }

    /** Reads what belongs to a znode that has changed. */
    public void onChange(String path) {
        for (WatchedPart part : parts) {
            if (part.path().equals(path)) {
                changed.add(part);
            }
        }
        readChanged();
    }

    /** Calls back when all is read, and told, that was the case when this was called; as often as connections break, it is tried again. */
    public void refresh(Runnable then) {
        session.sync(reply -> {
            if (reply instanceof Reply.Done) {
                readAll();
                whenRead(then);
            } else if (reply instanceof Reply.Refused<List<Written>> refused) {
                onSyncRefused.accept(refused);
            } else if (session.isConnected()) {
                refresh(then);
            } else {
                onceConnected.add(() -> refresh(then));
            }
        });
    }

    /** Calls back when all changes are read that this process has been told of by now: at once, if they are. */
    public void whenRead(Runnable then) {
        changed.addAll(unreadable);
        if (beingRead == 0 && changed.isEmpty()) {
            then.run();
        } else {
            (changed.isEmpty() ? afterThisRound : afterNextRound).add(then);
            readChanged();
        }
    }

    private void readChanged() {
        if (beingRead > 0 || changed.isEmpty() || !session.isConnected()) {
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
        switch (ending) {
            case READ -> unreadable.remove(part);
            case UNREADABLE -> unreadable.add(part);
            case LOST -> {
                lost = true;
                changed.add(part);
            }
        }
        beingRead--;
        if (beingRead == 0) {
            endRound();
        }
    }

    private void endRound() {
        List<Runnable> waiting = afterThisRound;
        afterThisRound = new ArrayList<>();
        if (!lost) {
            roundRead.run();
        }
        if (lost || !unreadable.isEmpty()) {
            lost = false;
            afterNextRound.addAll(0, waiting);
        } else {
            waiting.forEach(Runnable::run);
        }
        readChanged();
    }
}
