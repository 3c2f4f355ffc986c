package io.fyercache.testkit.process;

import io.fyercache.zookeeper.StandaloneMember;
import java.net.URI;
import java.util.List;

/**
 * A member of a cluster in a JVM of its own, with the class path of this one, so that a test can do to it what happens to processes. It ends
 * when this JVM ends, however that is. Needs a POSIX system to stand still. Thread-safe.
 */
public final class MemberProcess implements AutoCloseable {
    private final ChildJvm jvm;

    private MemberProcess(ChildJvm jvm) {
        this.jvm = jvm;
    }

    /**
     * Starts a member, and waits until it is in its cluster.
     *
     * @param cluster its URI, as of a cache manager
     * @param options of the JVM, such as {@code -Xmx256m}
     * @throws IllegalStateException if it does not get there; says what it has printed
     */
    public static MemberProcess start(URI cluster, String... options) {
        MemberProcess member = launch(cluster, options);
        member.awaitJoined();
        return member;
    }

    /** Starts a member as {@link #start} does, without waiting: {@link #awaitJoined} does that. So several can start at once. */
    public static MemberProcess launch(URI cluster, String... options) {
        return launch(StandaloneMember.class, List.of(cluster.toString()), options);
    }

    /** Starts a program that joins a cluster, says so as {@link StandaloneMember} does, and has more to do there. */
    static MemberProcess launch(Class<?> program, List<String> arguments, String... options) {
        return new MemberProcess(
                ChildJvm.start("member process", StandaloneMember.JOINED, List.of(options), program, arguments));
    }

    /**
     * Waits until it is in its cluster.
     *
     * @throws IllegalStateException if it does not get there, and is killed; says what it has printed
     */
    public void awaitJoined() {
        jvm.awaitReady();
    }

    /** Returns the number that the operating system has given it. */
    public long pid() {
        return jvm.pid();
    }

    /** Tells whether it runs. */
    public boolean isAlive() {
        return jvm.isAlive();
    }

    /** Returns the last lines that it has printed. */
    public List<String> output() {
        return jvm.output();
    }

    /**
     * Lets it stand still (SIGSTOP), with its connections open, until {@link #resume} or {@link #kill}. It does when this returns.
     *
     * @throws IllegalStateException if it stands still already, or has ended
     */
    public void pause() {
        jvm.pause();
    }

    /** Lets it go on (SIGCONT) where it was. If it does not stand still, nothing happens. */
    public void resume() {
        jvm.resume();
    }

    /** Kills it (SIGKILL), and waits until it is gone. */
    public void kill() {
        jvm.kill();
    }

    /** Asks it to end (SIGTERM), so that it hands over what it holds, and waits until it is gone; returns its status. */
    public int stop() {
        return jvm.stop();
    }

    /** Kills it, if it runs. */
    @Override
    public void close() {
        jvm.close();
    }

    @Override
    public String toString() {
        return jvm.toString();
    }
}
