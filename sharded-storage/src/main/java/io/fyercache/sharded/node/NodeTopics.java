package io.fyercache.sharded.node;

import io.fyercache.core.bus.BusAddress;
import io.fyercache.core.bus.BusListener;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.invalidated.OwnBus;
import io.fyercache.core.time.Clock;
import io.fyercache.sharded.bus.TopicLine;
import io.fyercache.sharded.bus.TopicLines;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The topics of a process's cluster. Used by the process's thread, but for {@link #scheme} and {@link #open}. */
final class NodeTopics implements InvalidationBusProvider {
    private static final Logger LOGGER = System.getLogger(NodeTopics.class.getName());

    private final ProcessLoop loop;
    private final Clock clock;
    private final BiConsumer<Incarnation, ClientMessage> sender;
    private final Runnable learnTable;
    private final ClassLoader classLoader;
    private final SecureRandom random = new SecureRandom();
    private final TopicLines lines = new TopicLines();

    /**
     * Has opened none.
     *
     * @param sender sends a message to a member, now or never
     * @param learnTable has the latest table learned, soon
     * @param classLoader finds the classes of keys
     */
    NodeTopics(
            ProcessLoop loop,
            Clock clock,
            BiConsumer<Incarnation, ClientMessage> sender,
            Runnable learnTable,
            ClassLoader classLoader) {
        this.loop = loop;
        this.clock = clock;
        this.sender = sender;
        this.learnTable = learnTable;
        this.classLoader = classLoader;
    }

    // ---- callers

    @Override
    public String scheme() {
        return OwnBus.SCHEME;
    }

    @Override
    public InvalidationBus open(BusAddress address, BusUse use, BusListener listener) {
        address.requireKnown(new TreeSet<>());
        TopicBus bus = new TopicBus(address.topic(), use, listener, this, classLoader);
        long number = random.nextLong();
        boolean unused = execute(() -> bus.opened(
                lines.open(address.topic(), number, use.maximumStaleness().toNanos(), bus, clock.nanoTime())));
        return bus;
    }

    /** Does something on the process's thread; false if that has ended. */
    private boolean execute(Runnable action) {
        try {
            loop.execute(action);
            return true;
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.DEBUG, "nothing is told by topics any more: the process has ended", e);
            return false;
        }
    }

    /** Does something with a line on the process's thread; false if that has ended. */
    boolean with(TopicBus bus, Consumer<TopicLine> action) {
        return execute(() -> bus.withLine(action));
    }

    /** Publishes a message. */
    void publish(TopicBus bus, EncodedValue message, Runnable whenDelivered) {
        boolean unused = with(bus, line -> line.publish(message, whenDelivered, clock.nanoTime()));
    }

    /** Closes the line of a bus. */
    void close(TopicBus bus) {
        boolean unused = with(bus, lines::close);
    }

    // ---- the process's thread

    void send(Incarnation member, ClientMessage message) {
        sender.accept(member, message);
    }

    void learnTable() {
        learnTable.run();
    }

    void onTable(VersionedTable table) {
        lines.onTable(table, clock.nanoTime());
    }

    void received(FromRelay message) {
        lines.onMessage(message, clock.nanoTime());
    }

    void onTick() {
        lines.onTick(clock.nanoTime());
    }

    void close() {
        lines.close();
    }
}
