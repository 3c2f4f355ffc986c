package io.fyercache.core.invalidation;

import io.fyercache.core.invalidation.InvalidationMessage.All;
import io.fyercache.core.invalidation.InvalidationMessage.Farewell;
import io.fyercache.core.invalidation.InvalidationMessage.Heartbeat;
import io.fyercache.core.invalidation.InvalidationMessage.Keys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of each kind, and the bytes that it must always have. */
final class InvalidationMessages {
    private static final OriginId ORIGIN = new OriginId(0x0102030405060708L, -2);

    private InvalidationMessages() {}

    /** Returns the messages by their bytes in hexadecimal digits. */
    static Map<String, InvalidationMessage> byGoldenBytes() {
        Map<String, InvalidationMessage> golden = new LinkedHashMap<>();
        golden.put(
                "0149000807060504030201feffffffffffffffac02066f72646572730202050600b456016a",
                new Keys(
                        ORIGIN,
                        300,
                        "orders",
                        List.of(new EncodedKey(new byte[] {5, 6}), new EncodedKey(new byte[0]))));
        golden.put("0149010807060504030201feffffffffffffff0005636166c3a98822baec", new All(ORIGIN, 0, "caf\u00e9"));
        golden.put("0149020807060504030201feffffffffffffff01ffffffffffffffffa2567333", new Heartbeat(ORIGIN, 1, -1));
        golden.put(
                "0149030807060504030201fefffffffffffffffeffffffffffffff7f5f5d8e0b",
                new Farewell(ORIGIN, Long.MAX_VALUE - 1));
        return golden;
    }
}
