package io.fyercache.core.bus;

import io.fyercache.core.bus.contract.BusFixture;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A broker in this JVM, whose topics lose what tests want them to lose. Found by the scheme {@code memory} and its name as the host. */
public final class MemoryBroker implements BusFixture {
    private static final Map<String, MemoryBroker> BY_NAME = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "broker" + COUNT.incrementAndGet();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<Predicate<Connection>> losses = new CopyOnWriteArrayList<>();
    private boolean running = true;

    /** Makes a broker, running. */
    public MemoryBroker() {
        BY_NAME.put(name, this);
    }

    /** Lets the next message not come to any connection of a name. */
    public void loseNextFor(String useName) {
        losses.add(connection -> connection.use.name().contains(useName));
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public InvalidationBusProvider provider() {
        return new Provider();
    }

    @Override
    public URI address(String topic) {
        return URI.create("memory://" + name + "/" + topic);
    }

    @Override
    public synchronized void publishForeign(String topic, byte[] message) {
        deliver(topic, message);
    }

    private synchronized void publish(String topic, byte[] message) {
        if (!running) {
            throw new BusException("broker " + name + " is stopped");
        }
        deliver(topic, message);
    }

    private void deliver(String topic, byte[] message) {
        for (Connection connection : connections) {
            boolean lost = losses.removeIf(loss -> loss.test(connection));
            if (connection.topic.equals(topic) && !lost) {
                connection.execute(() -> connection.listener.received(message));
            }
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
    }

    @Override
    public synchronized void start() {
        running = true;
        connections.forEach(Connection::begin);
    }

    private synchronized void connect(Connection connection) {
        connections.add(connection);
        if (running) {
            connection.begin();
        }
    }

    private synchronized void disconnect(Connection connection) {
        connections.remove(connection);
    }

    @Override
    public void close() {
        BY_NAME.remove(name);
    }

    /** Finds brokers by their names. */
    public static final class Provider implements InvalidationBusProvider {
        @Override
        public String scheme() {
            return "memory";
        }

        @Override
        public InvalidationBus open(BusAddress address, BusUse use, BusListener listener) {
            address.requireKnown(new TreeSet<>());
            MemoryBroker broker = BY_NAME.get(address.uri().getAuthority());
            if (broker == null) {
                throw new IllegalArgumentException("no broker " + address);
            }
            Connection connection = broker.new Connection(address.topic(), use, listener);
            broker.connect(connection);
            return connection;
        }
    }

    private final class Connection implements InvalidationBus {
        private final String topic;
        private final BusUse use;
        private final BusListener listener;
        private final ExecutorService thread;

        private Connection(String topic, BusUse use, BusListener listener) {
            this.topic = topic;
            this.use = use;
            this.listener = listener;
            this.thread = Executors.newSingleThreadExecutor(
                    work -> new Thread(work, "fyercache-memory-" + use.name() + "-" + topic));
        }

        private void begin() {
            execute(listener::mayHaveMissed);
        }

        private void execute(Runnable delivery) {
            if (!thread.isShutdown()) {
                thread.execute(delivery);
            }
        }

        @Override
        public void publish(byte[] message) {
            MemoryBroker.this.publish(topic, message);
        }

        @Override
        public void close() {
            synchronized (MemoryBroker.this) {
                disconnect(this);
                thread.shutdown();
            }
            try {
                thread.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
