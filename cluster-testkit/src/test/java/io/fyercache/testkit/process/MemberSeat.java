package io.fyercache.testkit.process;

import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.testkit.port.ServerPorts;
import io.fyercache.testkit.transport.TcpLink;
import io.fyercache.testkit.transport.TcpLink.Ear;
import io.fyercache.zookeeper.StandaloneMember;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A member's place, at which one process is started after the other. For one thread. */
final class MemberSeat implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    /** Room for what the tests write, and a JVM that is up soon. */
    static final String[] OPTIONS = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

    /** Where the last lines of each process go, for whoever has to find out what went wrong. */
    private static final Path LOGS = Path.of("target", "failures", "members");

    private final int number;
    private final int port;
    private final String host;
    private final TcpLink way;
    private Class<?> program = StandaloneMember.class;
    private List<String> arguments = List.of();
    private List<String> options = List.of(OPTIONS);
    private int name;
    private MemberProcess process;

    private MemberSeat(int number, int port, String host, TcpLink way) {
        this.number = number;
        this.port = port;
        this.host = host;
        this.way = way;
    }

    /** Makes a seat whose member others connect to. */
    static MemberSeat reachedDirectly(int number) {
        return new MemberSeat(number, ServerPorts.next(), LOOPBACK, null);
    }

    /**
     * Makes a seat to whose member a link leads, with an address of its own.
     *
     * @param ears for each direction of each connection
     */
    static MemberSeat reachedByLink(int number, Supplier<Ear> ears) {
        int port = ServerPorts.next();
        String host = "127.0.0." + (2 + number);
        try {
            InetSocketAddress entrance = new InetSocketAddress(InetAddress.getByName(host), port);
            return new MemberSeat(number, port, host, new TcpLink(entrance, port, ears));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // It is an address.
        }
    }

    /** Where others reach the member. */
    DataAddress address() {
        return new DataAddress(host, port);
    }

    /** Returns the link to it; null if it is reached directly. */
    TcpLink way() {
        return way;
    }

    /** Lets nothing pass on the way to it. */
    void cut() {
        way.setCutThere(true);
        way.setCutBack(true);
    }

    /** Lets everything pass again. */
    void heal() {
        way.setCutThere(false);
        way.setCutBack(false);
    }

    /** Returns the latest process. */
    MemberProcess process() {
        return process;
    }

    /**
     * Lets the next processes do more than be a member.
     *
     * @param main takes the URI of the cluster first
     * @param more what else it takes
     */
    void run(Class<?> main, String... more) {
        program = main;
        arguments = List.of(more);
    }

    /** Lets the next processes find classes in a folder first. */
    void findFirst(Path classes) {
        options = new ArrayList<>(List.of(OPTIONS));
        options.addAll(List.of("-cp", classes + File.pathSeparator + System.getProperty("java.class.path")));
    }

    /** Lets the next process be another node. */
    void takeOtherName() {
        name++;
    }

    /**
     * Starts a process, without waiting for it. The one before must have ended.
     *
     * @param cluster the URI of its cluster, with settings
     */
    void launch(String cluster) {
        keepOutput();
        List<String> all = new ArrayList<>();
        all.add(cluster + "&name=seat-" + number + "-" + name + "&bind=" + LOOPBACK + ":" + port + "&advertise="
                + host);
        all.addAll(arguments);
        process = MemberProcess.launch(program, all, options.toArray(String[]::new));
    }

    private void keepOutput() {
        if (process != null) {
            try {
                Files.write(
                        Files.createDirectories(LOGS).resolve("port-" + port + ".log"),
                        process.output(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Kills the process, if it runs. */
    @Override
    public void close() {
        if (process != null) {
            process.close();
            keepOutput();
        }
        if (way != null) {
            way.close();
        }
    }
}
