package io.fyercache.sharded.transport.netty;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks hosts up. Asking for a name may take seconds, so it happens on a thread of its own, which is there while names are asked for; addresses
 * are no names and take no time. Thread-safe.
 */
final class HostResolver implements AutoCloseable {
    /** Look-ups that wait: one for each member of the largest cluster. What is more fails. */
    private static final int MAX_WAITING = 256;

    /** Seconds after which the idle thread ends. */
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor thread;

    HostResolver(ThreadFactory threads) {
        thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                threads,
                // The attempt that asked fails at its deadline.
                new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(true);
    }

    /** Tells the address of a host on the loop, or null if it has none. */
    void resolve(String host, EventLoop loop, Consumer<@Nullable InetAddress> then) {
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        if (literal != null) {
            then.accept(literal);
            return;
        }
        thread.execute(() -> {
            InetAddress address = lookUp(host);
            try {
                loop.execute(() -> then.accept(address));
            } catch (RejectedExecutionException e) {
                // The transport was closed meanwhile.
                return;
            }
        });
    }

    private static @Nullable InetAddress lookUp(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
