package io.fyercache.core.engine.contract;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.Put;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link CacheEngine} does with user code that throws, or uses the cache itself. */
public abstract class UserCodeContract extends EngineFixture {

    @Test
    void processor_usesAnotherKey_works() {
        CacheEngine engine = open(cache());

        invoke(engine, "a", entry -> {
            engine.execute("b", new Put("from a"));
            entry.set(invoke(engine, "c", inner -> {
                inner.set("C");
                return "from c";
            }));
            return null;
        });

        assertThat(engine.getAll(Set.of("a", "b", "c"))).isEqualTo(Map.of("a", "from c", "b", "from a", "c", "C"));
    }

    @ParameterizedTest
    @EnumSource
    void processor_readsItsOwnExpiredKey_findsNothing(UserCode code) {
        CacheEngine engine = openWith(code);
        engine.execute("k", new Put("v"));
        advance(Duration.ofSeconds(1));

        assertThat(invoke(engine, "k", entry -> engine.get("k") + ", " + engine.containsKey("k")))
                .isEqualTo("null, false");
    }

    @ParameterizedTest
    @EnumSource
    void userCode_throwsError_keyIsFreeAndUnchanged(UserCode code) throws Exception {
        CacheEngine engine = openWith(code);
        engine.execute("k", new Put("v"));
        for (Error error : List.of(new AssertionError("a"), new OutOfMemoryError("b"), new StackOverflowError("c"))) {
            assertFails(
                    error,
                    () -> invoke(engine, "k", entry -> {
                        entry.set("w");
                        throw error;
                    }));
        }

        assertThat(engine.get("k")).isEqualTo("v");
        assertThat(elsewhere(() -> engine.execute("k", new GetAndPut("x")))).isEqualTo("v");
    }
}
