package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fyercache.configuration.EvictionListener;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.jcache.ReceivedDefinitions;
import io.fyercache.sharded.node.CannotJoinException;
import io.fyercache.sharded.node.ClientNode;
import io.fyercache.sharded.node.MemberNode;
import io.fyercache.zookeeper.TcpProxy.Traffic;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.integration.CacheLoader;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole processes, in one JVM: members and clients on real sockets and a real ensemble, used by plain JCache. */
class ClusterNodesTest extends OneServerTest {
    private ClusterProcesses processes;

    @BeforeEach
    void prepare() {
        processes = new ClusterProcesses(ensemble, settings);
    }

    @AfterEach
    void endAll() {
        processes.close();
    }

    private List<MemberNode> threeMembers() {
        return List.of(processes.member("a"), processes.member("b"), processes.member("c"));
    }

    private static MutableConfiguration<String, Integer> numbers() {
        return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
    }

    /** Adds one. */
    static final class Increment implements EntryProcessor<String, Integer, Integer>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer process(MutableEntry<String, Integer> entry, Object... arguments) {
            int next = entry.exists() ? entry.getValue() + 1 : 1;
            entry.setValue(next);
            return next;
        }
    }

    @Test
    void membersAndClients_useTheSameEntries() {
        List<MemberNode> members = threeMembers();
        ClientNode client = processes.client("d");
        Cache<String, Integer> ofClient = processes.manager(client).createCache("numbers", numbers());
        Cache<String, Integer> ofMember = processes.manager(members.get(1)).createCache("numbers", numbers());

        for (int i = 0; i < 50; i++) {
            ofClient.put("key-" + i, i);
        }

        for (int i = 0; i < 50; i++) {
            assertThat(ofMember.get("key-" + i)).isEqualTo(i);
            assertThat(ofMember.putIfAbsent("key-" + i, -1)).isFalse();
            assertThat(ofClient.<Integer>invoke("key-" + i, new Increment())).isEqualTo(i + 1);
        }
        assertThat(ofMember).hasSize(50);
        ofMember.clear();
        assertThat(ofClient.containsKey("key-7")).isFalse();
    }

    // ---- threads of user code

    /** Equal in upper and lower case, which its bytes are not; says where it is compared. */
    static final class Name implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final Set<String> THREADS = ConcurrentHashMap.newKeySet();

        private final String text;

        Name(String text) {
            this.text = text;
        }

        @Override
        public boolean equals(Object other) {
            THREADS.add(Thread.currentThread().getName());
            return other instanceof Name name && name.text.equalsIgnoreCase(text);
        }

        @Override
        public int hashCode() {
            return text.toLowerCase(Locale.ROOT).hashCode();
        }
    }

    @Test
    void valuesThatBytesDoNotTellApart_areComparedOnThreadsOfUserCode() {
        Cache<String, Name> cache = processes
                .manager(processes.member("a"))
                .createCache("names", new MutableConfiguration<String, Name>().setTypes(String.class, Name.class));
        cache.put("k", new Name("one"));

        assertThat(cache.replace("k", new Name("two"), new Name("three"))).isFalse();
        assertThat(cache.replace("k", new Name("ONE"), new Name("three"))).isTrue();
        assertThat(cache.remove("k", new Name("Three"))).isTrue();
        assertThat(Name.THREADS)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).startsWith("fyercache-user-code-a"));
    }

    /** Says of what it hears, and where. */
    public static final class Evictions implements EvictionListener<Integer, Integer> {
        private static final BlockingQueue<Integer> KEYS = new LinkedBlockingQueue<>();
        private static final Set<String> THREADS = ConcurrentHashMap.newKeySet();

        @Override
        public void onEviction(Integer key, Integer value) {
            THREADS.add(Thread.currentThread().getName());
            KEYS.add(key);
        }
    }

    @Test
    void evictions_areToldByTheMember_onThreadsThatNobodyWaitsFor() throws InterruptedException {
        Cache<Integer, Integer> cache = processes
                .manager(processes.member("a"))
                .createCache(
                        "few",
                        FyerConfiguration.builder(Integer.class, Integer.class)
                                .maximumEntries(4)
                                .evictionListener(FactoryBuilder.factoryOf(Evictions.class))
                                .build());
        for (int key = 0; key < 20; key++) {
            cache.put(key, key);
        }

        Set<Integer> told = new HashSet<>();
        while (told.size() < 16) {
            assertThat(told.add(Evictions.KEYS.take())).isTrue();
        }
        assertThat(Evictions.THREADS).allSatisfy(name -> assertThat(name).startsWith("fyercache-evictions-a"));
        cache.forEach(entry -> assertThat(told).doesNotContain(entry.getKey()));
    }

    @Test
    void listeners_findClassesAsTheirManagerDoes() throws IOException {
        processes.member("a");
        try (URLClassLoader ofManager =
                new URLClassLoader(new URL[0], getClass().getClassLoader())) {
            Cache<String, Integer> cache =
                    processes.manager(processes.client("d", ofManager)).createCache("heard", numbers());
            Set<ClassLoader> seen = ConcurrentHashMap.newKeySet();
            CacheEntryCreatedListener<String, Integer> listener =
                    events -> seen.add(Thread.currentThread().getContextClassLoader());
            cache.registerCacheEntryListener(
                    new MutableCacheEntryListenerConfiguration<>(() -> listener, null, false, true));

            cache.put("k", 1);

            assertThat(seen).containsExactly(ofManager);
        }
    }

    /** Has nothing to gain by loading together. */
    private abstract static class OneByOne implements CacheLoader<Integer, Integer> {
        @Override
        public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
            Map<Integer, Integer> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
        }
    }

    /** Needs the sum of all smaller ones for each. */
    public static final class Sums extends OneByOne {
        private static volatile Cache<Integer, Integer> cache;

        @Override
        public Integer load(Integer key) {
            return key == 0 ? 0 : key + cache.get(key - 1);
        }
    }

    @Test
    void loadersThatReadWhatOthersLoad_moreThanThereAreThreads_end() {
        MemberNode member = processes.member("a");
        Sums.cache = processes
                .manager(member)
                .createCache(
                        "sums",
                        new MutableConfiguration<Integer, Integer>()
                                .setTypes(Integer.class, Integer.class)
                                .setReadThrough(true)
                                .setCacheLoaderFactory(FactoryBuilder.factoryOf(Sums.class)));

        // Of one cache 64 loads are under way at a time; a member has 32 threads for all.
        assertThat(Sums.cache.get(50)).isEqualTo(1_275);
    }

    /** Each member makes its own; all of this JVM count together. */
    public static final class Squares implements CacheLoader<Integer, Integer> {
        private static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public Integer load(Integer key) {
            CALLS.incrementAndGet();
            return key * key;
        }

        @Override
        public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
            CALLS.incrementAndGet();
            Map<Integer, Integer> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, key * key));
            return loaded;
        }
    }

    @Test
    void readThrough_membersMakeTheLoader_andLoadTogetherWhatTheyMiss() {
        threeMembers();
        Cache<Integer, Integer> cache = processes
                .manager(processes.client("d"))
                .createCache(
                        "squares",
                        new MutableConfiguration<Integer, Integer>()
                                .setTypes(Integer.class, Integer.class)
                                .setReadThrough(true)
                                .setCacheLoaderFactory(FactoryBuilder.factoryOf(Squares.class)));
        Set<Integer> keys = IntStream.range(0, 300).boxed().collect(Collectors.toSet());

        assertThat(cache.getAll(keys)).hasSize(300).containsEntry(17, 289);

        // What is asked of a partition that is on the move is loaded by itself, and members that have just come have
        // much moved to them.
        AtomicInteger round = new AtomicInteger();
        LiveMembers.await("loads together, not one for each", () -> {
            int first = 300 * round.incrementAndGet();
            Squares.CALLS.set(0);
            cache.getAll(IntStream.range(first, first + 300).boxed().collect(Collectors.toSet()));
            return Squares.CALLS.get() < 100;
        });
    }

    /** Has to be closed, not while it loads, and waits for the test when it loads {@link #AWAITED}. */
    public static final class Connection extends OneByOne implements Closeable {
        private static final int AWAITED = -1;
        private static final Set<Connection> OPEN = ConcurrentHashMap.newKeySet();
        private static final AtomicInteger CLOSED_WHILE_LOADING = new AtomicInteger();
        private static volatile CountDownLatch loading = new CountDownLatch(1);
        private static volatile CountDownLatch mayEnd = new CountDownLatch(1);
        private static volatile CountDownLatch closing = new CountDownLatch(1);
        private static volatile CountDownLatch mayClose = new CountDownLatch(0);

        private final AtomicInteger loads = new AtomicInteger();

        /** Opens one. */
        public Connection() {
            OPEN.add(this);
        }

        static void reset() {
            OPEN.clear();
            CLOSED_WHILE_LOADING.set(0);
            loading = new CountDownLatch(1);
            mayEnd = new CountDownLatch(1);
            closing = new CountDownLatch(1);
            mayClose = new CountDownLatch(0);
        }

        static MutableConfiguration<Integer, Integer> configuration() {
            return new MutableConfiguration<Integer, Integer>()
                    .setTypes(Integer.class, Integer.class)
                    .setReadThrough(true)
                    .setCacheLoaderFactory(FactoryBuilder.factoryOf(Connection.class));
        }

        @Override
        public Integer load(Integer key) {
            loads.incrementAndGet();
            try {
                if (key == AWAITED) {
                    loading.countDown();
                    mayEnd.await();
                }
                return key;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                loads.decrementAndGet();
            }
        }

        @Override
        public void close() {
            if (loads.get() > 0) {
                CLOSED_WHILE_LOADING.incrementAndGet();
            }
            closing.countDown();
            try {
                mayClose.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            OPEN.remove(this);
        }
    }

    /** Z5. */
    @Test
    void destroyCache_returnsWhenEachMemberHasClosedTheLoader_andWaitsForTheOneThatLoads() throws Exception {
        threeMembers();
        CacheManager manager = processes.manager(processes.client("d"));
        Connection.reset();
        Cache<Integer, Integer> cache = manager.createCache("connected", Connection.configuration());
        AtomicInteger next = new AtomicInteger();
        LiveMembers.await("loaders of several members", () -> {
            cache.get(next.incrementAndGet());
            return Connection.OPEN.size() > 1;
        });
        CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> cache.get(Connection.AWAITED));
        Connection.loading.await();

        CompletableFuture<Void> destruction = CompletableFuture.runAsync(() -> manager.destroyCache("connected"));
        LiveMembers.await("end of the others", () -> Connection.OPEN.size() == 1);
        assertThat(destruction).isNotDone();
        Connection.mayEnd.countDown();
        destruction.get();

        assertThat(Connection.OPEN).isEmpty();
        assertThat(Connection.CLOSED_WHILE_LOADING).hasValue(0);
        assertThat(load.handle((value, failure) -> true).get())
                .as("its call ends, in whatever way")
                .isTrue();
    }

    @Test
    void destroyCache_loaderTakesItsTimeToClose_isWaitedFor() throws Exception {
        processes.member("a");
        CacheManager manager = processes.manager(processes.client("b"));
        Connection.reset();
        Connection.mayClose = new CountDownLatch(1);
        assertThat(manager.createCache("connected", Connection.configuration()).get(7))
                .isEqualTo(7);

        CompletableFuture<Void> destruction = CompletableFuture.runAsync(() -> manager.destroyCache("connected"));
        Connection.closing.await();
        // That takes all the steps that the other may be behind by now, and more.
        manager.createCache("numbers", numbers());
        manager.destroyCache("numbers");
        assertThat(destruction).isNotDone();
        Connection.mayClose.countDown();
        destruction.get();

        assertThat(Connection.OPEN).isEmpty();
    }

    @Test
    void destroyCache_byAMember_closesItsOwnLoaderToo() {
        MemberNode member = processes.member("a");
        CacheManager manager = processes.manager(member);
        Connection.reset();
        assertThat(manager.createCache("connected", Connection.configuration()).get(7))
                .isEqualTo(7);
        assertThat(Connection.OPEN).hasSize(1);

        manager.destroyCache("connected");

        assertThat(Connection.OPEN).isEmpty();
    }

    @Test
    void memberThatLeaves_hasClosedTheLoader() {
        MemberNode member = processes.member("a");
        Connection.reset();
        assertThat(processes
                        .manager(member)
                        .createCache("connected", Connection.configuration())
                        .get(7))
                .isEqualTo(7);

        member.close();

        assertThat(Connection.OPEN).isEmpty();
    }

    @Test
    void otherDefinition_isRefused_namingTheSettings() {
        MemberNode member = processes.member("a");
        processes.manager(member).createCache("numbers", numbers());
        ClientNode client = processes.client("b");

        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> processes
                        .manager(client)
                        .createCache(
                                "numbers",
                                FyerConfiguration.builder(String.class, Integer.class)
                                        .maximumEntries(10)
                                        .build()))
                .withMessageContaining("numbers")
                .withMessageContaining("maximumEntries");
    }

    @Test
    void boundedCache_givesUpWhatIsTooMuch() {
        MemberNode member = processes.member("a");
        Cache<String, Integer> cache = processes
                .manager(member)
                .createCache(
                        "bounded",
                        FyerConfiguration.builder(String.class, Integer.class)
                                .maximumEntries(100)
                                .build());

        for (int i = 0; i < 1_000; i++) {
            cache.put("key-" + i, i);
        }

        LiveMembers.await("room", () -> count(cache) <= 100);
        assertThat(count(cache)).isPositive();
    }

    private static int count(Cache<?, ?> cache) {
        int[] count = new int[1];
        cache.forEach(entry -> count[0]++);
        return count[0];
    }

    @Test
    void destroyedCache_isGoneForAll_andMayBeDefinedAnew() {
        MemberNode member = processes.member("a");
        CacheManager ofMember = processes.manager(member);
        Cache<String, Integer> before = ofMember.createCache("numbers", numbers());
        Cache<String, Integer> ofClient =
                processes.manager(processes.client("b")).createCache("numbers", numbers());
        before.put("key", 1);

        ofMember.destroyCache("numbers");

        LiveMembers.await("the end", () -> {
            try {
                ofClient.put("key", 2);
                return false;
            } catch (CacheException e) {
                return String.valueOf(e.getMessage()).contains("destroyed");
            }
        });
        Cache<String, Integer> after = ofMember.createCache(
                "numbers",
                FyerConfiguration.builder(String.class, Integer.class)
                        .maximumEntries(10)
                        .build());
        assertThat(after.get("key")).isNull();
        after.put("key", 3);
        assertThat(after.get("key")).isEqualTo(3);
    }

    /** Writes numbers to keys of its own, one after the other, and notes which were acknowledged. */
    private static final class Writer extends Thread {
        private final Cache<String, Integer> cache;
        private final int number;
        private final Map<String, Integer> acknowledged = new HashMap<>();
        private final AtomicInteger writes = new AtomicInteger();
        private volatile boolean over;
        private volatile Throwable failure;

        Writer(Cache<String, Integer> cache, int number) {
            super("writer-" + number);
            this.cache = cache;
            this.number = number;
        }

        @Override
        public void run() {
            try {
                for (int i = 1; !over; i++) {
                    String key = "w" + number + "-" + i % 20;
                    cache.put(key, i);
                    acknowledged.put(key, i);
                    writes.incrementAndGet();
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        void awaitMore(int more) {
            int before = writes.get();
            LiveMembers.await(more + " writes of " + getName(), () -> writes.get() >= before + more || failure != null);
            assertThat(failure).isNull();
        }

        Map<String, Integer> end() {
            over = true;
            LiveMembers.await("end of " + getName(), () -> !isAlive());
            return acknowledged;
        }
    }

    private List<Writer> write(List<Cache<String, Integer>> caches) {
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < caches.size(); i++) {
            Writer writer = new Writer(caches.get(i), i);
            writers.add(writer);
            writer.start();
        }
        return writers;
    }

    private static void assertNothingIsLost(List<Writer> writers, Cache<String, Integer> cache) {
        writers.forEach(writer -> writer.awaitMore(500));
        writers.forEach(writer ->
                writer.end().forEach((key, value) -> assertThat(cache.get(key)).isEqualTo(value)));
    }

    @Test
    void memberIsKilled_operationsGoOn_andNothingAcknowledgedIsLost() {
        List<MemberNode> members = threeMembers();
        ClientNode client = processes.client("d");
        Cache<String, Integer> ofClient = processes.manager(client).createCache("numbers", numbers());
        Cache<String, Integer> ofMember = processes.manager(members.get(0)).createCache("numbers", numbers());
        List<Writer> writers = write(List.of(ofClient, ofMember, ofClient, ofMember));
        writers.forEach(writer -> writer.awaitMore(200));

        processes.kill(members.get(2));

        assertNothingIsLost(writers, ofClient);
    }

    @Test
    void memberThatIsCutOffFromZooKeeper_losesItsSession_andComesBackAsAnotherLife() {
        List<MemberNode> members = threeMembers();
        Cache<String, Integer> ofMember = processes.manager(members.get(2)).createCache("numbers", numbers());
        ofMember.put("before", 1);
        List<String> before = childrenOf("/members");

        processes.setWay(members.get(2), Traffic.CUT);
        LiveMembers.await("the end of a session", () -> childrenOf("/members").size() == 2);
        assertThat(ofMember.get("before")).isEqualTo(1);
        processes.setWay(members.get(2), Traffic.PASSES);

        LiveMembers.await("another life", () -> childrenOf("/members").size() == 3);
        assertThat(childrenOf("/members")).as("lives").isNotEqualTo(before);
        ofMember.put("after", 2);
        assertThat(ofMember.get("before")).isEqualTo(1);
    }

    private List<String> childrenOf(String path) {
        try {
            return operator.getChildren(settings.chroot() + path, false).stream()
                    .sorted()
                    .toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void memberThatIsClosed_handsOverWhatNobodyElseHas_andLeavesNothing() throws IOException {
        MemberNode leaver = processes.member("leaver", 0);
        Cache<String, Integer> ofLeaver = processes.manager(leaver).createCache("numbers", numbers());
        for (int i = 0; i < 200; i++) {
            ofLeaver.put("key-" + i, i);
        }
        MemberNode stayer = processes.member("stayer", 0);

        leaver.close();
        leaver.close();

        Cache<String, Integer> ofStayer = processes.manager(stayer).createCache("numbers", numbers());
        for (int i = 0; i < 200; i++) {
            assertThat(ofStayer.get("key-" + i)).isEqualTo(i);
        }
        assertNoThreadIsLeft("leaver");
        assertThat(childrenOf("/members")).hasSize(1);
        try (ServerSocket free = new ServerSocket(leaver.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.isBound()).isTrue();
        }
    }

    /** A thread that has ended everything takes a moment to end itself. */
    private static void assertNoThreadIsLeft(String name) {
        LiveMembers.await("end of the threads of " + name, () -> threads(name).isEmpty());
    }

    private static List<String> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(each -> each.startsWith("fyercache-") && each.contains(name))
                .toList();
    }

    @Test
    void closedProcess_refusesCalls_andEndsThoseThatWait() {
        MemberNode member = processes.member("a");
        ClientNode client = processes.client("b");
        Cache<String, Integer> cache = processes.manager(client).createCache("numbers", numbers());
        cache.put("key", 1);
        Map<String, Throwable> failures = new ConcurrentHashMap<>();
        processes.kill(member);
        Thread caller = new Thread(() -> {
            try {
                cache.put("key", 2);
            } catch (RuntimeException e) {
                failures.put("put", e);
            }
        });
        caller.start();
        LiveMembers.await("a caller that waits", () -> caller.getState() == Thread.State.WAITING);

        client.close();

        LiveMembers.await("its end", () -> failures.containsKey("put"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> cache.get("key"))
                .withMessageContaining("closed");
    }

    @Test
    void interruptedCaller_isServed_andStaysInterrupted() {
        MemberNode member = processes.member("a");
        Cache<String, Integer> cache = processes.manager(member).createCache("numbers", numbers());

        Thread.currentThread().interrupt();
        cache.put("key", 1);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(cache.get("key")).isEqualTo(1);
    }

    @Test
    void whoCannotJoin_isTold_andLeavesNothing() {
        processes.member("a");
        ZooKeeperSettings other =
                ZooKeeperSettings.of(ensemble.servers(), settings.chroot()).expecting(new UUID(1, 2));

        assertThatExceptionOfType(CannotJoinException.class)
                .isThrownBy(() -> MemberNode.start(
                        ClusterProcesses.settingsOf("stranger", 1),
                        new ZooKeeperCoordination(other),
                        new ReceivedDefinitions(getClass().getClassLoader()),
                        getClass().getClassLoader()))
                .withMessageContaining("stranger")
                .withMessageContaining("00000000-0000-0001-0000-000000000002");

        assertNoThreadIsLeft("stranger");
    }

    @Test
    void lives_leaveNoThread() {
        processes.member("a");
        for (int round = 0; round < 5; round++) {
            processes.client("guest").close();
        }
        assertNoThreadIsLeft("guest");
    }
}
