package io.fyercache.zookeeper;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Says in the log what a process cannot go on with, once for as long as that is the same. Used by the thread of the process. */
final class DamageLog {
    private static final Logger LOGGER = System.getLogger(DamageLog.class.getName());

    private final String process;
    private final String chroot;
    private @Nullable String last;

    DamageLog(String process, String chroot) {
        this.process = process;
        this.chroot = chroot;
    }

    void note(RuntimeException damage) {
        String message = String.valueOf(damage.getMessage());
        // The same one is met again whenever it is read again.
        if (!message.equals(last)) {
            last = message;
            LOGGER.log(
                    Level.ERROR, "{0} cannot go on with what is in ZooKeeper below {1}: {2}", process, chroot, message);
        }
    }
}
