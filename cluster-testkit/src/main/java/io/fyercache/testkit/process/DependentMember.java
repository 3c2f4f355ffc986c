package io.fyercache.testkit.process;

import io.fyercache.zookeeper.StandaloneMember;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A {@link StandaloneMember} that does not outlive the process that has started it: it is asked to end when its standard input does, whose other end
 * dies with that process, however that comes to its end.
 */
final class DependentMember {
    /** That of a process that SIGTERM has ended: whoever stops a member ends its input, too, and either may come first. */
    private static final int EXIT_ASKED = 128 + 15;

    private DependentMember() {}

    public static void main(String[] arguments) throws InterruptedException {
        Thread watch = new Thread(DependentMember::endWithInput, "fyercache-testkit-input");
        watch.setDaemon(true);
        watch.start();
        StandaloneMember.main(arguments);
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It has ended, too.
        }
        System.exit(EXIT_ASKED);
    }
}
