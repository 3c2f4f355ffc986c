package io.fyercache.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Codecs that users bring, found as services or handed over. */
class NamedCodecTest {
    private static final ClassLoader LOADER = NamedCodecTest.class.getClassLoader();

    /** A value that no other codec could encode. */
    record Temperature(double celsius) {}

    /** Registered in META-INF/services of the tests. */
    public static final class TemperatureCodec implements ValueCodec {
        @Override
        public String name() {
            return "test.temperature";
        }

        @Override
        public boolean supports(Class<?> type) {
            return type == Temperature.class;
        }

        @Override
        public byte[] encode(Object value) {
            return Double.toString(((Temperature) value).celsius()).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public Object decode(ByteBuffer bytes, ClassLoader loader) {
            assertThat(loader).isSameAs(LOADER);
            return new Temperature(
                    Double.parseDouble(StandardCharsets.US_ASCII.decode(bytes).toString()));
        }
    }

    private record Fixed(String name) implements ValueCodec {
        @Override
        public boolean supports(Class<?> type) {
            return type == ArrayList.class;
        }

        @Override
        public byte[] encode(Object value) {
            if (((List<?>) value).isEmpty()) {
                throw new IllegalStateException("empty");
            }
            return new byte[] {42};
        }

        @Override
        public Object decode(ByteBuffer bytes, ClassLoader loader) {
            if (bytes.get() != 42) {
                throw new IllegalStateException("not 42");
            }
            return name;
        }
    }

    private static CodecChain chain(ValueCodec... codecs) {
        return CodecChain.of(LOADER, ClassFilter.standard(), List.of(codecs));
    }

    @Test
    void serviceCodec_encodesItsClassAndNamesItselfInTheBytes() {
        CodecChain found = CodecChain.of(LOADER, ClassFilter.standard());

        byte[] bytes = found.encode(new Temperature(36.6));

        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains("test.temperature")
                .contains("36.6");
        assertThat(found.decode(bytes)).isEqualTo(new Temperature(36.6));
        assertThatThrownBy(() -> chain().decode(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("no codec 'test.temperature'");
        assertThat(found.decode(found.encode("other classes"))).isEqualTo("other classes");
    }

    @Test
    void firstCodecThatSupportsTheClass_wins_andBothDecode() {
        CodecChain both = chain(new Fixed("one"), new Fixed("two"));
        byte[] ofTwo = chain(new Fixed("two")).encode(new ArrayList<>(List.of(1)));

        assertThat(both.decode(both.encode(new ArrayList<>(List.of(1))))).isEqualTo("one");
        assertThat(both.decode(ofTwo)).isEqualTo("two");
    }

    @Test
    void failingCodec_isNamedAndItsExceptionIsTheCause() {
        CodecChain failing = chain(new Fixed("f"));
        byte[] damaged = failing.encode(new ArrayList<>(List.of(1)));
        damaged[damaged.length - 1] = 0;

        assertThatThrownBy(() -> failing.encode(new ArrayList<>()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("codec 'f'")
                .hasRootCauseMessage("empty");
        assertThatThrownBy(() -> failing.decode(damaged))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("codec 'f'")
                .hasRootCauseMessage("not 42");
    }

    @Test
    void name_illFormedOrTwice_isRefused() {
        assertThatThrownBy(() -> chain(new Fixed("Ä"))).hasMessageContaining("codec name: 'Ä'");
        assertThatThrownBy(() -> chain(new Fixed(""))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> chain(new Fixed("x".repeat(33)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> chain(new Fixed("a"), new Fixed("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("codec name: 'a'");
    }
}
