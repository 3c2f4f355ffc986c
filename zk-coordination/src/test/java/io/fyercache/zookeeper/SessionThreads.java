package io.fyercache.zookeeper;

import java.util.List;

/** The threads of ZooKeeper's clients in this JVM, and those that end them. */
final class SessionThreads {
    private SessionThreads() {}

    /** Returns their names without numbers, in order. */
    static List<String> names() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("-SendThread(")
                        || name.endsWith("-EventThread")
                        || name.startsWith("fyercache-zookeeper"))
                .map(name -> name.replaceAll("\\d+", ""))
                .sorted()
                .toList();
    }
}
