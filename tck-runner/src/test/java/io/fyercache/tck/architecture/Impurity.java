package io.fyercache.tck.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.stream.Collectors;

/**
 * What makes a result depend on more than the arguments: the world outside (sockets, files, threads, clocks, chance,
 * ZooKeeper), and accidents of the JVM (identity hashes, and the order of hash tables, which {@code Set.of} even draws anew
 * in each JVM).
 */
final class Impurity {
    private static final List<String> PACKAGES = List.of(
            "java.io",
            "java.net",
            "java.nio.channels",
            "java.nio.file",
            "java.security",
            "java.time",
            "java.util.concurrent",
            "java.util.random",
            "org.apache.curator",
            "org.apache.zookeeper");

    private static final List<Class<?>> TYPES = List.of(
            Thread.class,
            ThreadLocal.class,
            Random.class,
            SplittableRandom.class,
            // A LinkedHashMap is not meant: its order is that of insertion.
            HashMap.class,
            HashSet.class,
            IdentityHashMap.class,
            WeakHashMap.class);

    private static final List<Call> CALLS = List.of(
            new Call(System.class, List.of("currentTimeMillis", "nanoTime", "identityHashCode")),
            new Call(Math.class, List.of("random")),
            new Call(StrictMath.class, List.of("random")),
            new Call(UUID.class, List.of("randomUUID")),
            new Call(Set.class, List.of("of", "copyOf")),
            new Call(Map.class, List.of("of", "ofEntries", "copyOf")),
            new Call(
                    Collectors.class,
                    List.of(
                            "toSet",
                            "toUnmodifiableSet",
                            "toMap",
                            "toUnmodifiableMap",
                            "toConcurrentMap",
                            "groupingBy",
                            "groupingByConcurrent",
                            "partitioningBy")));

    private Impurity() {}

    static boolean isIn(JavaClass used) {
        String packageName = used.getPackageName();
        return PACKAGES.stream().anyMatch(banned -> packageName.equals(banned) || packageName.startsWith(banned + "."))
                || TYPES.stream().anyMatch(used::isEquivalentTo);
    }

    static boolean isIn(JavaAccess<?> access) {
        return CALLS.stream()
                .anyMatch(call -> access.getTargetOwner().isEquivalentTo(call.owner())
                        && call.methods().contains(access.getTarget().getName()));
    }

    /** Methods of a class of which others are harmless. */
    private record Call(Class<?> owner, List<String> methods) {}
}
