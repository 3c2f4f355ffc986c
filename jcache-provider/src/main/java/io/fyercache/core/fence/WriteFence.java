package io.fyercache.core.fence;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fencing tokens of one call of a {@code CacheWriter}. A writer asks for those of the call that its thread is in:
 *
 * <pre>{@code
 * public void write(Cache.Entry<? extends Long, ? extends Person> entry) {
 *     FencingToken token = WriteFence.current().token(entry.getKey()).orElseThrow();
 *     ...
 * }
 * }</pre>
 *
 * <p>A cache of a cluster has a token for each key that the call is about; one call may be about keys of several partitions. A cache of one JVM has
 * none, as nobody takes over from it. Tokens are of the thread that the writer is called on, and of no other.
 *
 * <p>Immutable and thread-safe.
 */
public final class WriteFence {
    /** What a call has that needs no fence. */
    public static final WriteFence NONE = new WriteFence(Map.of());

    private static final ThreadLocal<WriteFence> OF_CALL = new ThreadLocal<>();

    private final Map<Object, FencingToken> tokens;

    private WriteFence(Map<Object, FencingToken> tokens) {
        this.tokens = tokens;
    }

    /** Makes the fence of a call about one key. */
    public static WriteFence of(Object key, FencingToken token) {
        return new WriteFence(Map.of(key, token));
    }

    /** Makes the fence of a call, with the token of each key. */
    public static WriteFence of(Map<?, FencingToken> tokens) {
        return tokens.isEmpty() ? NONE : new WriteFence(Map.copyOf(tokens));
    }

    /** Returns the fence of the call that this thread is in; {@link #NONE} if it is in none. */
    public static WriteFence current() {
        WriteFence current = OF_CALL.get();
        return current == null ? NONE : current;
    }

    /** Returns the token by which the entry of a key is written; empty if the call is of a cache of one JVM, or not about this key. */
    public Optional<FencingToken> token(Object key) {
        return Optional.ofNullable(tokens.get(key));
    }

    // ---- for those who call writers

    /**
     * Returns the same fence for whoever knows the keys in another form.
     *
     * @param keys from the other form to the one that this fence has
     */
    public WriteFence translated(Map<Object, Object> keys) {
        if (tokens.isEmpty()) {
            return NONE;
        }
        Map<Object, FencingToken> translated = new HashMap<>();
        keys.forEach((other, key) -> {
            FencingToken token = tokens.get(key);
            if (token != null) {
                translated.put(other, token);
            }
        });
        return new WriteFence(translated);
    }

    /** Has a writer called with this fence. What it throws comes out. */
    public void during(Runnable call) {
        WriteFence outer = OF_CALL.get();
        OF_CALL.set(this);
        try {
            call.run();
        } finally {
            // A writer may use another cache, whose writer is called on the same thread.
            if (outer == null) {
                OF_CALL.remove();
            } else {
                OF_CALL.set(outer);
            }
        }
    }
}
