package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;

class MemberProcessTest {

    /** Nobody is left to stop it otherwise. */
    @Test
    void processThatHasStartedIt_isKilled_theMemberEnds() throws Exception {
        try (TestingServer zooKeeper = new TestingServer()) {
            Process owner = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            MemberOwner.class.getName(),
                            "zk://" + zooKeeper.getConnectString() + "/orders")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines = owner.inputReader(StandardCharsets.UTF_8)) {
                ProcessHandle member =
                        ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
                assertThat(member.isAlive()).isTrue();

                owner.destroyForcibly();

                assertThat(member.onExit().get(2, TimeUnit.MINUTES).isAlive()).isFalse();
            } finally {
                owner.destroyForcibly();
            }
        }
    }
}
