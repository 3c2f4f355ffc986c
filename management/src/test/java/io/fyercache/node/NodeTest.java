package io.fyercache.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.time.SystemClock;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.management.report.ManagedProcess;
import io.fyercache.management.report.MembersAsked;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.transport.netty.TestAuthority;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import org.apache.curator.test.TestingServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command, and members that it runs in processes of their own. */
class NodeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** SIGTERM, as the JVM reports it. */
    private static final int STATUS_OF_SIGTERM = 128 + 15;

    @TempDir
    private Path folder;

    /** How a command has ended, and what it has printed. */
    private record Ended(int status, String out, String err) {
        Ended ok() {
            assertThat(status).as("%s%s", out, err).isZero();
            return this;
        }
    }

    private static Ended command(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = FyerNode.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Ended(status, out.toString(), err.toString());
    }

    private static Ended ask(NodeProcess node, Path tokens, String... arguments) {
        return command(Stream.concat(
                        Stream.of(arguments), Stream.of("--server", node.url(), "--token-file", tokens.toString()))
                .toArray(String[]::new));
    }

    private Path configuration(TestingServer zooKeeper, String name) throws Exception {
        return Files.write(
                folder.resolve(name + ".yaml"),
                List.of(
                        "cluster:",
                        "  uri: zk://" + zooKeeper.getConnectString() + "/orders",
                        "  name: " + name,
                        "  partitions: 16",
                        "  connectTimeout: 1s",
                        "caches:",
                        "  numbers: { keyType: java.lang.String, valueType: java.lang.Long, statistics: true }"));
    }

    @Test
    void twoMembers_oneIsDrained_handsOver_andNothingIsLost() throws Exception {
        Path tokens = folder.resolve("tokens");
        try (TestingServer zooKeeper = new TestingServer();
                NodeProcess one = NodeProcess.run(
                        "--config", configuration(zooKeeper, "one").toString(), "--token-file", tokens.toString());
                NodeProcess two = NodeProcess.run(
                        "--config", configuration(zooKeeper, "two").toString(), "--token-file", tokens.toString())) {
            for (int i = 0; i < 20; i++) {
                ask(one, tokens, "put", "numbers", "key-" + i, Integer.toString(i))
                        .ok();
            }
            assertThat(command("members", "--server", one.url()).status()).isEqualTo(FyerNode.EXIT_FAILED);
            assertThat(ask(two, tokens, "members").ok().out()).contains("name=one", "name=two");
            assertThat(ask(two, tokens, "partitions").ok().out().lines())
                    .hasSize(PartitionLayout.with(16).count());
            assertThat(ask(two, tokens, "caches").ok().out()).contains("name=numbers");
            assertThat(ask(two, tokens, "health").ok().out()).contains("good=true");
            assertThat(ask(two, tokens, "get", "numbers", "key-7").ok().out()).contains("value=7");

            Ended drained = ask(two, tokens, "drain").ok();
            assertThat(drained.out())
                    .contains("state=draining")
                    .contains("state=drained partitionsHeld=0 partitionsLed=0");
            assertThat(two.awaitEnd()).isZero();

            Awaitility.await("its end")
                    .atMost(PATIENCE)
                    .until(() -> ask(one, tokens, "status").ok().out().contains("members=1"));
            for (int i = 0; i < 20; i++) {
                assertThat(ask(one, tokens, "get", "numbers", "key-" + i).ok().out())
                        .contains("value=" + i);
            }
            assertThat(ask(one, tokens, "events").ok().out())
                    .contains("members-gone")
                    .doesNotContain("partitions-lost");
            assertThat(ask(two, tokens, "status").status()).isEqualTo(FyerNode.EXIT_UNREACHABLE);
            assertThat(ask(one, tokens, "drain").err()).contains("drain: the only member");
            assertThat(ask(one, tokens, "get", "numbers", "key-7").ok().out()).contains("value=7");
            assertThat(one.stop()).isEqualTo(STATUS_OF_SIGTERM);
        }
    }

    @Test
    void memberThatStandsStill_isNamed_andNothingOfItIsCounted() throws Exception {
        try (TestingServer zooKeeper = new TestingServer();
                FyerCachingProvider provider = new FyerCachingProvider();
                NodeProcess two = NodeProcess.run(
                        "--config", configuration(zooKeeper, "two").toString())) {
            CacheManager manager = provider.getCacheManager(
                    URI.create("zk://" + zooKeeper.getConnectString() + "/orders?name=one&leaveLimit=1s"),
                    getClass().getClassLoader());
            MembersAsked members = new MembersAsked(ManagedProcess.of(manager), SystemClock.INSTANCE);
            Awaitility.await("both")
                    .atMost(PATIENCE)
                    .until(() -> members.ask().orElseThrow().counts().told().size() == 2);
            assertThat(members.ask().orElseThrow().silent()).isEmpty();

            two.standStill();

            MembersAsked.Told told = members.ask().orElseThrow();
            assertThat(told.silent()).containsExactly("two");
            assertThat(told.counts().told()).hasSize(1);
            two.kill();
        }
    }

    @Test
    void entries_areChangedByCommands() throws Exception {
        Path file = Files.write(
                folder.resolve("local.yaml"),
                List.of("caches:", "  texts: { keyType: java.lang.String, valueType: java.lang.String }"));
        Path tokens = folder.resolve("tokens");
        try (NodeProcess node = NodeProcess.run("--config", file.toString(), "--token-file", tokens.toString())) {
            ask(node, tokens, "put", "texts", "a/1", "\"x y\"", "--ttl", "1h").ok();
            ask(node, tokens, "put", "texts", "b/1", "\"z\"").ok();
            assertThat(ask(node, tokens, "get", "texts", "a/1").ok().out()).contains("value=x y");
            assertThat(ask(node, tokens, "invalidate", "texts", "--prefix", "a/")
                            .ok()
                            .out())
                    .contains("invalidated=1");
            Ended missing = ask(node, tokens, "get", "texts", "a/1");
            assertThat(missing.status()).isEqualTo(FyerNode.EXIT_FAILED);
            assertThat(missing.err()).contains("entry of cache 'texts': a/1").doesNotContain("\tat ");
            assertThat(ask(node, tokens, "remove", "texts", "b/1").ok().out()).contains("removed=true");
            ask(node, tokens, "put", "texts", "c", "\"z\"").ok();
            ask(node, tokens, "clear", "texts").ok();
            assertThat(ask(node, tokens, "get", "texts", "c").status()).isEqualTo(FyerNode.EXIT_FAILED);
            assertThat(ask(node, tokens, "put", "texts", "c", "7").err()).contains("expected: a String");
        }
    }

    @Test
    void caches_areMadeAndDestroyedByCommands() throws Exception {
        Path file = Files.writeString(folder.resolve("none.yaml"), "caches: {}\n");
        Path tokens = folder.resolve("tokens");
        try (NodeProcess node = NodeProcess.run("--config", file.toString(), "--token-file", tokens.toString())) {
            String settings = "{\"keyType\": \"java.lang.String\", \"maximumEntries\": 9}";
            assertThat(ask(node, tokens, "caches", "create", "orders", "--settings", settings)
                            .ok()
                            .out())
                    .contains("created=true", "maximumEntries=9");
            assertThat(ask(node, tokens, "caches").ok().out()).contains("name=orders");
            assertThat(ask(node, tokens, "caches", "set", "orders", "{\"maximumEntries\": 8}")
                            .ok()
                            .out())
                    .contains("maximumEntries=8");
            Ended wrong = ask(node, tokens, "caches", "create", "more", "--settings", "{\"backups\": 2}");
            assertThat(wrong.status()).isEqualTo(FyerNode.EXIT_FAILED);
            assertThat(wrong.err()).contains("backups: unknown setting");
            assertThat(ask(node, tokens, "caches", "destroy", "orders").status())
                    .isEqualTo(2);
            ask(node, tokens, "caches", "destroy", "orders", "--confirm", "orders")
                    .ok();
            assertThat(ask(node, tokens, "caches").ok().out()).doesNotContain("orders");
        }
    }

    @Test
    void processWithTls_isAskedByCommandsThatBelieveItsAuthority() throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        authority.found("authority");
        authority.sign("authority", "node", "ip:127.0.0.1");
        Path file = Files.writeString(folder.resolve("none.yaml"), "caches: {}\n");
        Path tokens = folder.resolve("tokens");
        try (NodeProcess node = NodeProcess.run(
                "--config",
                file.toString(),
                "--token-file",
                tokens.toString(),
                "--tls-certificate",
                authority.writeChain("node").toString(),
                "--tls-key",
                authority.writeEncryptedKey("node").toString(),
                "--tls-key-password-file",
                authority.writePassword().toString())) {
            assertThat(node.url()).startsWith("https://");
            String believed = authority.writeAuthority("authority").toString();
            assertThat(ask(node, tokens, "status", "--authority", believed).ok().out())
                    .contains("part=local");
            assertThat(ask(node, tokens, "status").status()).isEqualTo(FyerNode.EXIT_UNREACHABLE);
        }
    }

    @Test
    void doctor_saysWhatIsWrong_beforeTheProcessRuns() throws Exception {
        try (TestingServer zooKeeper = new TestingServer()) {
            String good = configuration(zooKeeper, "one").toString();
            Path wrong =
                    Files.writeString(folder.resolve("wrong.yaml"), "cluster: zk://127.0.0.1:1/x?bnid=y\ncaches: {}\n");

            Ended healthy =
                    command("doctor", "--config", good, "--http", "127.0.0.1:0").ok();
            assertThat(healthy.out().lines()).hasSize(6).allMatch(line -> line.startsWith("good "));

            Ended ill = command("doctor", "--config", wrong.toString(), "--http", "192.0.2.1:0");
            assertThat(ill.status()).isEqualTo(FyerNode.EXIT_FAILED);
            assertThat(ill.out()).contains("fault configuration: ", "perhaps bind", "fault --http: 192.0.2.1:0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "status",
                "members",
                "partitions",
                "caches",
                "events",
                "health",
                "drain",
                "doctor",
                "get",
                "put",
                "remove",
                "invalidate",
                "clear",
                "dead-letters"
            })
    void everyCommand_hasHelp(String name) {
        Ended help = command(name, "--help").ok();

        assertThat(help.out()).contains("fyercache-node " + name).contains("--help");
        assertThat(command("--help").ok().out()).contains(name, "Exit codes");
    }

    /** By a shell, as who types would have it. */
    @Test
    void completion_knowsCommandsAndOptions() throws Exception {
        Path script = Files.writeString(
                folder.resolve("completion"),
                command("generate-completion").ok().out());
        String typed = ". '" + script
                + "'; COMP_WORDS=(fyercache-node dr); COMP_CWORD=1; _complete_fyercache-node; echo \"${COMPREPLY[*]}\";"
                + " COMP_WORDS=(fyercache-node doctor --conf); COMP_CWORD=2; _complete_fyercache-node; echo \"${COMPREPLY[*]}\"";
        Process shell = new ProcessBuilder("bash", "-c", typed)
                // Bash complains of compopt, as nobody presses Tab.
                .redirectError(Redirect.DISCARD)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).as("%s", said).isZero();
        assertThat(said.lines()).containsExactly("drain", "--config");
    }

    @Test
    void wrongCommands_areNotUnderstood() throws Exception {
        assertThat(command("statsu").status()).isEqualTo(2);
        assertThat(command("statsu").err()).contains("status");
        assertThat(command("run").status()).isEqualTo(2);
        assertThat(command("get", "cache").status()).isEqualTo(2);
        assertThat(command("run", "--config", folder.resolve("missing").toString())
                        .err())
                .contains("cannot be read");
        assertThat(command("run", "--cluster", "zk://127.0.0.1:1/x?bnid=y", "--http", "here")
                        .err())
                .contains("--http: here");
        assertThat(command("run", "--cluster", "zk://127.0.0.1:1/x?bnid=y").err())
                .contains("perhaps bind");
        assertThat(command("run", "--cluster", "zk://127.0.0.1:1/x", "--http", "0.0.0.0:0")
                        .err())
                .contains("without a token file");
    }
}
