package io.fyercache.core.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriteFenceTest {
    private static final FencingToken FIRST = new FencingToken("cluster", 3, 7);
    private static final FencingToken SECOND = new FencingToken("cluster", 4, 1);

    private final WriteFence fence = WriteFence.of(Map.of("one", FIRST, "two", SECOND));

    @Test
    void token_isThatOfTheKey_andOfNoOther() {
        assertThat(fence.token("one")).contains(FIRST);
        assertThat(fence.token("two")).contains(SECOND);
        assertThat(fence.token("three")).isEmpty();
    }

    @Test
    void current_isOfTheCallAlone_alsoIfItFails() {
        assertThat(WriteFence.current()).isSameAs(WriteFence.NONE);
        assertThatThrownBy(() -> fence.during(() -> {
                    assertThat(WriteFence.current()).isSameAs(fence);
                    throw new IllegalStateException("no database");
                }))
                .hasMessage("no database");
        assertThat(WriteFence.current()).isSameAs(WriteFence.NONE);
    }

    @Test
    void current_callWithinACall_isOfTheInnerOne_andThenOfTheOuterAgain() {
        List<WriteFence> seen = new ArrayList<>();
        fence.during(() -> {
            WriteFence.NONE.during(() -> seen.add(WriteFence.current()));
            seen.add(WriteFence.current());
        });
        assertThat(seen).containsExactly(WriteFence.NONE, fence);
    }

    @Test
    void current_onAnotherThread_isNone() throws Exception {
        List<WriteFence> seen = new ArrayList<>();
        Thread other = new Thread(() -> seen.add(WriteFence.current()));
        fence.during(other::start);
        other.join();
        assertThat(seen).containsExactly(WriteFence.NONE);
    }

    @Test
    void translated_knowsTheKeysInTheOtherForm() {
        WriteFence translated = fence.translated(Map.of(1, "one", 5, "five"));
        assertThat(translated.token(1)).contains(FIRST);
        assertThat(translated.token("one")).isEmpty();
        assertThat(translated.token(5)).isEmpty();
        assertThat(WriteFence.NONE.translated(Map.of(1, "one")).token(1)).isEqualTo(Optional.empty());
    }

    @Test
    void token_thatCannotBe_isRefused() {
        assertThatThrownBy(() -> new FencingToken("", 0, 1)).hasMessage("cluster: empty (expected: its identity)");
        assertThatThrownBy(() -> new FencingToken("c", -1, 1)).hasMessage("partition: -1 (expected: 0 or more)");
        assertThatThrownBy(() -> new FencingToken("c", 0, 0)).hasMessage("epoch: 0 (expected: 1 or more)");
    }
}
