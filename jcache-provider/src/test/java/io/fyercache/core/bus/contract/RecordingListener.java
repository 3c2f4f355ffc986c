package io.fyercache.core.bus.contract;

import io.fyercache.core.bus.BusListener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what comes by a bus. */
public final class RecordingListener implements BusListener {
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger beginnings = new AtomicInteger();

    @Override
    public void received(byte[] message) {
        messages.add(message);
    }

    @Override
    public void mayHaveMissed() {
        beginnings.incrementAndGet();
    }

    /** Returns the messages, in the order in which they came. */
    public List<byte[]> messages() {
        return messages;
    }

    /** Returns the messages as text. */
    public List<String> texts() {
        return messages.stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    /** Returns how often something may have been missed. */
    public int beginnings() {
        return beginnings.get();
    }
}
