package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReferenceStreamTest {
    @Test
    void build_repeatedKeys_areNumberedByFirstAccess() {
        ReferenceStream stream = new ReferenceStream.Builder()
                .add("b")
                .add("a")
                .add("b")
                .add("c")
                .build();

        assertThat(stream.keys()).containsExactly("b", "a", "c");
        assertThat(stream.length()).isEqualTo(4);
        assertThat(new int[] {stream.keyNumberAt(0), stream.keyNumberAt(1), stream.keyNumberAt(2), stream.keyNumberAt(3)
                })
                .containsExactly(0, 1, 0, 2);
        assertThat(stream.numberOf("c")).isEqualTo(2);
        assertThat(stream.numberOf("d")).isNull();
    }

    @Test
    void build_manyAccesses_keepsAll() {
        ReferenceStream.Builder builder = new ReferenceStream.Builder();
        for (int i = 0; i < 10_000; i++) {
            builder.add("key " + i % 7);
        }
        ReferenceStream stream = builder.build();

        assertThat(stream.length()).isEqualTo(10_000);
        assertThat(stream.keys()).hasSize(7);
        assertThat(stream.keyNumberAt(9_999)).isEqualTo(9_999 % 7);
    }
}
