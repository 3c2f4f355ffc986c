package io.fyercache.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script {@code ./quickstart} in a source tree of its own, on a PATH that holds only what a test puts there. */
class QuickstartScriptTest {
    private static final Path SCRIPT = Path.of("..", "quickstart");
    private static final Path USAGE = Path.of("src/main/resources/io/fyercache/quickstart/usage.txt");
    private static final List<String> SYSTEM_PROGRAMS = List.of(
            "bash", "cat", "cut", "dirname", "env", "find", "head", "mkdir", "mv", "sed", "stty", "tail", "touch");

    @TempDir
    private Path tree;

    /** What a run of the script left: its exit code, and what it wrote to both of its streams. */
    private record Run(int exitCode, String output) {}

    @BeforeEach
    void copyTree() throws IOException {
        Files.copy(SCRIPT, tree.resolve("quickstart"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String folder : List.of(
                ".mvn",
                "jcache-provider/src/main",
                "sharded-storage",
                "zk-coordination",
                "cluster-testkit",
                "write-through-loaders",
                "bin")) {
            Files.createDirectories(tree.resolve(folder));
        }
        Files.createDirectories(tree.resolve("quickstart-job").resolve(USAGE).getParent());
        Files.copy(USAGE, tree.resolve("quickstart-job").resolve(USAGE));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        for (String program : SYSTEM_PROGRAMS) {
            putProgram(program, "exec " + systemProgram(program) + " \"$@\"");
        }
        putProgram("java", "echo \"java $*\"");
        putProgram("javac", "echo 'javac 17.0.15'");
        putMaven("3.9.11", "mkdir -p quickstart-job/target; touch quickstart-job/target/fyercache-quickstart.jar");
    }

    @Test
    void help_needsNeitherJdkNorMaven() throws Exception {
        for (String program : List.of("java", "javac", "mvn")) {
            Files.delete(tree.resolve("bin/" + program));
        }
        assertThat(run("--help")).isEqualTo(new Run(0, Quickstart.usage()));
        assertThat(run("--short", "-h")).isEqualTo(new Run(0, Quickstart.usage()));
    }

    @Test
    void firstRun_buildsThenRunsWithBoundedHeapAndTheArguments() throws Exception {
        Run run = run("--trace", "a b.txt", "--short");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).startsWith("Building the quickstart").contains(" done in ");
        assertThat(run.output())
                .endsWith("java -Xmx768m -jar " + tree.toRealPath()
                        + "/quickstart-job/target/fyercache-quickstart.jar --trace a b.txt --short\n");
    }

    @Test
    void secondRun_buildsNothing() throws Exception {
        run();

        assertThat(run().output()).startsWith("java ").doesNotContain("Building");
    }

    @ParameterizedTest
    @CsvSource({
        "pom.xml, true",
        ".mvn/jvm.config, true",
        "jcache-provider/src/main/A.java, true",
        "quickstart-job/src/main/A.java, true",
        "jcache-provider/src/test/ATest.java, false",
        "write-through-loaders/target/a.class, false",
        "benchmarks/A.java, false",
        "README.md, false"
    })
    void changedFile_buildsAgain_ifTheJarIsMadeOfIt(String file, boolean builds) throws Exception {
        for (String folder : List.of("jcache-provider/src/test", "write-through-loaders/target", "benchmarks")) {
            Files.createDirectories(tree.resolve(folder));
        }
        Files.writeString(tree.resolve(file), "old");
        run();
        Files.writeString(tree.resolve(file), "new");
        makeNewer(file);

        assertThat(run().output().contains("Building")).isEqualTo(builds);
    }

    @Test
    void removedSource_buildsAgain() throws Exception {
        Path source = Files.createFile(tree.resolve("jcache-provider/src/main/A.java"));
        run();
        Files.delete(source);
        makeNewer("jcache-provider/src/main");

        assertThat(run().output()).contains("Building");
    }

    @Test
    void failedBuild_showsWhatMavenSaid_andBuildsAgainNextTime() throws Exception {
        putMaven("3.9.11", "echo '[ERROR] A.java:[1,1] no'; exit 1");
        Run failed = run();

        assertThat(failed.exitCode()).isEqualTo(Quickstart.BROKEN);
        assertThat(failed.output()).contains("[ERROR] A.java:[1,1] no").contains("the build failed");
        assertThat(run().output()).contains("Building");
    }

    @ParameterizedTest
    @CsvSource({"javac 11.0.2, 11", "javac 1.8.0_392, 8", "javac 16-ea, 16"})
    void oldJdk_namesFoundExpectedAndRemedy(String says, String version) throws Exception {
        putProgram("javac", "echo '" + says + "'");

        assertThat(run()).isEqualTo(new Run(Quickstart.BROKEN, """
                quickstart: JDK: %s on the PATH (expected: 17 or newer)
                quickstart: install a newer one, or set JAVA_HOME to it
                """.formatted(version)));
    }

    @ParameterizedTest
    @CsvSource({"javac 17", "javac 17.0.15", "javac 25-ea", "javac 101.0.1"})
    void newEnoughJdk_runs(String says) throws Exception {
        putProgram("javac", "echo '" + says + "'");

        assertThat(run().exitCode()).isZero();
    }

    @Test
    void brokenJdk_isOfUnknownVersion() throws Exception {
        putProgram("javac", "echo 'Unable to locate a Java Runtime.' >&2; exit 1");

        assertThat(run().output()).startsWith("quickstart: JDK: of unknown version on the PATH");
    }

    @Test
    void noCompiler_saysThatAJdkIsNeeded() throws Exception {
        Files.delete(tree.resolve("bin/javac"));
        Run run = run();

        assertThat(run.exitCode()).isEqualTo(Quickstart.BROKEN);
        assertThat(run.output())
                .startsWith("quickstart: JDK: none on the PATH (expected: a JDK 17 or newer, with java and javac)\n");
    }

    @Test
    void javaHome_winsOverThePath() throws Exception {
        Path home = Files.createDirectories(tree.resolve("jdk-11/bin")).getParent();
        putProgram("../jdk-11/bin/java", "echo never");
        putProgram("../jdk-11/bin/javac", "echo 'javac 11.0.2'");

        assertThat(run(Map.of("JAVA_HOME", home.toString()), List.of()).output())
                .startsWith("quickstart: JDK: 11 in JAVA_HOME (" + home + ") (expected: 17 or newer)\n");
        assertThat(run(Map.of("JAVA_HOME", "/nowhere"), List.of()).output())
                .startsWith("quickstart: JDK: none in JAVA_HOME (/nowhere) (expected: a JDK 17 or newer");
    }

    @ParameterizedTest
    @CsvSource({"3.6.2", "3.5.4", "2.2.1"})
    void oldMaven_namesFoundExpectedAndRemedy(String version) throws Exception {
        putMaven(version, "exit 1");

        assertThat(run()).isEqualTo(new Run(Quickstart.BROKEN, """
                quickstart: Maven: %s on the PATH (expected: 3.6.3 or newer)
                quickstart: install a newer one: https://maven.apache.org/install.html
                """.formatted(version)));
    }

    @Test
    void noMaven_isNamed_unlessNothingIsToBeBuilt() throws Exception {
        Files.delete(tree.resolve("bin/mvn"));
        Run run = run();

        assertThat(run.exitCode()).isEqualTo(Quickstart.BROKEN);
        assertThat(run.output()).startsWith("quickstart: Maven: no mvn on the PATH (expected: Maven 3.6.3 or newer)\n");

        putMaven("4.0.0-rc-4", "touch quickstart-job/target/fyercache-quickstart.jar");
        assertThat(run().exitCode()).isZero();
        Files.delete(tree.resolve("bin/mvn"));
        assertThat(run().output()).startsWith("java ");
    }

    @Test
    void exitCodeOfTheJob_isTheScripts() throws Exception {
        putProgram("java", "exit 1");

        assertThat(run().exitCode()).isEqualTo(1);
    }

    private void makeNewer(String file) throws IOException {
        Path path = tree.resolve(file);
        FileTime now = Files.getLastModifiedTime(path);
        Files.setLastModifiedTime(path, FileTime.from(now.toInstant().plus(Duration.ofSeconds(2))));
    }

    private void putMaven(String version, String build) throws IOException {
        putProgram(
                "mvn",
                "if [ \"$1\" = -version ]; then echo 'Apache Maven " + version + " (abc)'; exit; fi\ncd '" + tree
                        + "'\n" + build);
    }

    private void putProgram(String name, String body) throws IOException {
        Path program = tree.resolve("bin").resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path systemProgram(String name) {
        return List.of("/bin", "/usr/bin").stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private Run run(String... arguments) throws Exception {
        return run(Map.of(), List.of(arguments));
    }

    private Run run(Map<String, String> environment, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(tree.resolve("quickstart").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tree.resolve("bin").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }
}
