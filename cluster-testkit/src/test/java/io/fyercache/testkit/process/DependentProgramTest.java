package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DependentProgramTest {
    private static final String READY = "ready ";

    /** A program that does nothing. */
    static final class Idle {
        private Idle() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(READY);
            new CountDownLatch(1).await();
        }
    }

    /** A program that starts two others, of which one stands still, as a test does. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] arguments) throws InterruptedException {
            ChildJvm runs = start(Idle.class);
            ChildJvm standsStill = start(Idle.class);
            runs.awaitReady();
            standsStill.awaitReady();
            standsStill.pause();
            System.out.println(READY + runs.pid() + " " + standsStill.pid());
            new CountDownLatch(1).await();
        }
    }

    private static ChildJvm start(Class<?> program) {
        return ChildJvm.start("program", READY, List.of("-Xmx64m", "-XX:+UseSerialGC"), program, List.of());
    }

    @Test
    void starterIsKilled_whatItHasStartedEnds_evenIfItStoodStill() {
        List<ProcessHandle> children;
        try (ChildJvm starter = start(Starter.class)) {
            starter.awaitReady();
            children = childrenIn(starter.output());
            assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);
        }

        Awaitility.await("the end of both")
                .atMost(ChildJvm.PATIENCE)
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static List<ProcessHandle> childrenIn(List<String> output) {
        String line = output.get(output.size() - 1);
        return List.of(line.substring(READY.length()).split(" ")).stream()
                .map(Long::valueOf)
                .map(ProcessHandle::of)
                .map(Optional::orElseThrow)
                .toList();
    }

    @Test
    void programStandsStill_andGoesOn_andIsKilledInTheEnd() {
        ChildJvm program = start(Idle.class);
        try (program) {
            program.awaitReady();
            program.pause();
            assertThat(program.isAlive()).isTrue();
            program.resume();
            assertThat(program.stop()).as("%s", program.output()).isEqualTo(128 + 15);
        }
        assertThat(program.isAlive()).isFalse();
    }
}
