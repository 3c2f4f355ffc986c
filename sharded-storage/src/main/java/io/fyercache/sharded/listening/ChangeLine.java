package io.fyercache.sharded.listening;

import io.fyercache.sharded.message.BinarySize;
import io.fyercache.sharded.message.PlacedChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The changes of a partition that one process is to be told and has not said to have heard, in their order (V4). Of these a window is under way;
 * what is not heard in time is sent again, one part, and the rest when that is heard. Used by one thread.
 */
final class ChangeLine {
    /** Bytes that one message brings, 256 KiB, or one change that is larger by itself: as of a log (B1). */
    static final int PART_BYTES = 256 << 10;

    /** Bytes that are under way, 1 MiB: what a listener works through in some milliseconds. */
    static final int WINDOW_BYTES = 1 << 20;

    /** Bytes that wait, 32 MiB, as of a log (B4): a process for which more waits is given up. */
    static final int MAX_BYTES = 32 << 20;

    private final Deque<PlacedChange> changes = new ArrayDeque<>();
    private long bytes;

    /** How many of them are under way, and what they take. */
    private int sent;

    private long sentBytes;

    /** The place of the last that is under way; 0 for none. */
    private long lastSent;

    /** Since when nothing was heard of what is under way: what follows it does not put off that it is told again. */
    private long waitingNanos;

    /** When something was heard last, or the line began. */
    private long progressNanos;

    private boolean isGivenUp;

    ChangeLine(long nowNanos) {
        this.progressNanos = nowNanos;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Returns the place of the first change. There must be one. */
    long firstPlace() {
        return changes.element().place();
    }

    void add(PlacedChange change) {
        changes.add(change);
        bytes += BinarySize.of(change);
    }

    /** Gives the process up if it has not heard all before a place. */
    void giveUpIfBefore(long place) {
        isGivenUp |= firstPlace() < place;
    }

    /** Tells whether the process has made no progress for too long, too much waits for it, or it was given up. */
    boolean isOverdue(long nowNanos) {
        return isGivenUp || bytes > MAX_BYTES || nowNanos - progressNanos >= ListeningTimes.PATIENCE_NANOS;
    }

    /**
     * Takes in that changes up to a place have been heard.
     *
     * @return whether any of them was here
     */
    boolean heard(long place, long nowNanos) {
        boolean any = false;
        while (!changes.isEmpty() && changes.element().place() <= place) {
            long size = BinarySize.of(changes.remove());
            bytes -= size;
            if (sent > 0) {
                sent--;
                sentBytes -= size;
            }
            any = true;
        }
        if (any) {
            progressNanos = nowNanos;
            waitingNanos = nowNanos;
            lastSent = sent == 0 ? 0 : lastSent;
        }
        return any;
    }

    /** Begins anew if what is under way may be lost. */
    void sendAgainIfDue(long nowNanos) {
        if (sent > 0 && nowNanos - waitingNanos >= ListeningTimes.RESEND_NANOS) {
            sent = 0;
            sentBytes = 0;
            lastSent = 0;
        }
    }

    /** Tells whether a part may be sent. */
    boolean maySend() {
        return sent < changes.size() && sentBytes < WINDOW_BYTES;
    }

    /** Returns the place of the change before the next part that the process has not said to have heard; 0 for none. */
    long placeBefore() {
        return lastSent;
    }

    /** Returns the next part, which is under way from now on. */
    List<PlacedChange> nextPart(long nowNanos) {
        List<PlacedChange> part = new ArrayList<>();
        long partBytes = 0;
        Iterator<PlacedChange> rest = changes.stream().skip(sent).iterator();
        while (rest.hasNext()) {
            PlacedChange next = rest.next();
            long size = BinarySize.of(next);
            if (!part.isEmpty() && partBytes + size > PART_BYTES) {
                break;
            }
            part.add(next);
            partBytes += size;
        }
        waitingNanos = sent == 0 ? nowNanos : waitingNanos;
        sent += part.size();
        sentBytes += partBytes;
        lastSent = part.get(part.size() - 1).place();
        return part;
    }
}
