package io.fyercache.testkit.zookeeper;

import io.fyercache.testkit.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One direction of a connection: what is sent arrives later, in its order, or not at all once the wire is cut. What is sent at one instant
 * travels in one packet, which is one event.
 */
final class Wire {
    private final Timeline timeline;
    private final LongSupplier delayNanos;
    private List<Runnable> packet = List.of();
    private long packetSentNanos = -1;
    private long lastArrivalNanos;
    private boolean cut;

    /**
     * Makes a wire.
     *
     * @param delayNanos draws how long a packet takes, at least 1
     */
    Wire(Timeline timeline, LongSupplier delayNanos) {
        this.timeline = timeline;
        this.delayNanos = delayNanos;
    }

    void send(Runnable arrival) {
        if (packetSentNanos != timeline.nowNanos()) {
            startPacket();
        }
        packet.add(arrival);
    }

    private void startPacket() {
        List<Runnable> started = new ArrayList<>();
        packet = started;
        packetSentNanos = timeline.nowNanos();
        lastArrivalNanos = Math.max(lastArrivalNanos, packetSentNanos + delayNanos.getAsLong());
        timeline.after(lastArrivalNanos - packetSentNanos, () -> {
            if (!cut) {
                started.forEach(Runnable::run);
            }
        });
    }

    /** Nothing arrives any more, not even what is on its way. */
    void cut() {
        cut = true;
    }
}
