package io.fyercache.testkit.process;

import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.sharded.topology.KeyHash;

/** Keys of chosen partitions: which one a key is in is known inside of a cluster alone, so names are tried until one fits. Thread-safe. */
final class PartitionKeys {
    private final CodecChain codecs = CodecChain.of(PartitionKeys.class.getClassLoader(), ClassFilter.standard());
    private final int partitions;

    PartitionKeys(int partitions) {
        this.partitions = partitions;
    }

    /** Returns the key with that beginning that is in that partition, always the same. */
    String key(String beginning, int partition) {
        for (int end = 0; ; end++) {
            String key = beginning + "-" + partition + "-" + end;
            if (KeyHash.partition(KeyHash.of(codecs.encodeKey(key)), partitions) == partition) {
                return key;
            }
        }
    }
}
