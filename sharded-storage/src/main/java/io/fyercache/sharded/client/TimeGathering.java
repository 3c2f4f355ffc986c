package io.fyercache.sharded.client;

import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.TimeAsked;
import io.fyercache.sharded.message.ClientMessage.TimeTold;
import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The time of a cluster in a process that is no member (E4): what the member in the middle says. All are asked, again and again, from when somebody
 * wants to know it. Who is asked reads its clock at some moment of the round trip, so the time is known to within half of that.
 *
 * <p>What was told is reckoned on by this process's clock that never steps back. Its wall clock is asked for nothing, so it may be wrong, or step.
 *
 * <p>Used by one thread.
 */
public final class TimeGathering {
    /** Nanoseconds, 1 s, until members are asked again: running clocks are 20 ms apart by then, at most, as each may be wrong by one in a hundred. */
    static final long AGAIN_NANOS = 1_000_000_000;

    /** Nanoseconds, 500 ms: a longer round trip says too little. As long as a client waits for the answer to an attempt. */
    static final long LONGEST_ROUND_TRIP_NANOS = 500_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final BiConsumer<Incarnation, ClientMessage> sender;
    private final TreeMap<Incarnation, Told> told = new TreeMap<>();
    private List<Incarnation> members = List.of();
    private boolean wanted;
    private long againNanos;

    /** What a member's clock said, in the middle of a round trip. */
    private record Told(long millis, long atNanos) {
        long millisAt(long nowNanos) {
            return millis + (nowNanos - atNanos) / NANOS_PER_MILLI;
        }
    }

    /**
     * Asks nobody yet.
     *
     * @param sender sends messages to members, now or never
     */
    public TimeGathering(BiConsumer<Incarnation, ClientMessage> sender) {
        this.sender = sender;
    }

    /** Asks from now on; does nothing if it does already. */
    public void begin(long nowNanos) {
        if (!wanted) {
            wanted = true;
            againNanos = nowNanos;
            onTick(nowNanos);
        }
    }

    /** Takes in who is there. */
    public void membersChanged(List<Incarnation> present) {
        members = List.copyOf(present);
        told.keySet().retainAll(members);
    }

    /** Takes in what a member tells. */
    public void onTold(Incarnation member, TimeTold answer, long nowNanos) {
        long roundTripNanos = nowNanos - answer.sentNanos();
        if (members.contains(member) && roundTripNanos >= 0 && roundTripNanos <= LONGEST_ROUND_TRIP_NANOS) {
            told.put(member, new Told(answer.millis(), nowNanos - roundTripNanos / 2));
        }
    }

    /** Asks again. */
    public void onTick(long nowNanos) {
        if (wanted && nowNanos - againNanos >= 0) {
            againNanos = nowNanos + AGAIN_NANOS;
            members.forEach(member -> sender.accept(member, new TimeAsked(nowNanos)));
        }
    }

    /**
     * Returns the time, in milliseconds since 1970-01-01T00:00Z. Empty unless more than half of the members have told it: others may know another one,
     * where a network has parted them.
     */
    public OptionalLong millisAt(long nowNanos) {
        if (told.size() * 2 <= members.size()) {
            return OptionalLong.empty();
        }
        long[] all = told.values().stream()
                .mapToLong(each -> each.millisAt(nowNanos))
                .sorted()
                .toArray();
        // Of two in the middle the earlier one, as members have it.
        return OptionalLong.of(all[(all.length - 1) / 2]);
    }
}
