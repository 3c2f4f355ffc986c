package io.fyercache.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine and the libraries of a run, for its report. */
final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Pattern MEASURED_JARS = Pattern.compile(
            "(caffeine|jcache|cache2k-jcache|ehcache|h2|hazelcast|hibernate-core|infinispan-jcache|ignite-core|jmh-core|zookeeper)-[0-9].*\\.jar");

    private Machine() {}

    /** Lines such as {@code "JVM: OpenJDK 64-Bit Server VM 17.0.15+6"}. */
    static List<String> facts() {
        return List.of(
                "Machine: %d cores, %s, %s %s, %s"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                processor(),
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")),
                "JVM: %s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()),
                "Libraries: " + libraries(System.getProperty("java.class.path")));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            return "unknown processor";
        }
    }

    static String libraries(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .map(entry -> entry.substring(entry.lastIndexOf(File.separatorChar) + 1))
                .filter(MEASURED_JARS.asMatchPredicate())
                .map(jar -> jar.substring(0, jar.length() - ".jar".length()))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
