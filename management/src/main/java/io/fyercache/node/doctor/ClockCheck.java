package io.fyercache.node.doctor;

import io.fyercache.sharded.controller.WallClocks;
import java.time.Duration;

/** Whether this machine's clock goes as ZooKeeper's does: members expire entries by their clocks, and take over from one another. */
record ClockCheck(Duration zooKeeperAhead) implements Check {

    @Override
    public Finding examine() {
        long millis = Math.abs(zooKeeperAhead.toMillis());
        String about = "clock";
        String text =
                "it is " + millis + " ms " + (zooKeeperAhead.isNegative() ? "ahead of" : "behind") + " ZooKeeper's";
        String remedy = "set both by NTP: see timedatectl, or chronyc tracking";
        if (millis >= WallClocks.OFF_MILLIS) {
            return Finding.fault(about, text + " (expected: less than " + WallClocks.OFF_MILLIS + " ms)", remedy);
        } else if (millis > WallClocks.TOLERATED_MILLIS) {
            return Finding.doubtful(
                    about, text + " (expected: " + WallClocks.TOLERATED_MILLIS + " ms at most)", remedy);
        }
        return Finding.good(about, text);
    }
}
