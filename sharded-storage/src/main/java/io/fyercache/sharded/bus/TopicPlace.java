package io.fyercache.sharded.bus;

import io.fyercache.sharded.topology.KeyHash;
import io.fyercache.sharded.topology.PartitionLayout;
import java.nio.charset.StandardCharsets;

/** Who is the relay of a topic: the primary of a partition that follows from the topic's name, while it has its leases (A1). */
final class TopicPlace {
    private TopicPlace() {}

    /** Returns the partition. */
    static int partition(String topic, PartitionLayout layout) {
        return KeyHash.partition(KeyHash.of(topic.getBytes(StandardCharsets.UTF_8)), layout.spread());
    }
}
