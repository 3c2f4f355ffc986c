package io.fyercache.sharded.message.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.codec.Samples.Golden;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the form still: members of two releases read each other's messages. */
class GoldenBytesTest {

    static List<Golden> samples() {
        return Samples.golden();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void encode_yieldsTheGoldenBytes(Golden golden) {
        assertThat(HexFormat.of().formatHex(MessageCodec.encode(golden.message())))
                .isEqualTo(golden.hex());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void decode_readsTheGoldenBytes(Golden golden) {
        assertThat(MessageCodec.decode(HexFormat.of().parseHex(golden.hex()))).isEqualTo(golden.message());
    }

    /** Walks over all that a message can consist of, by what the types say, and looks for it in the samples. */
    @Test
    void everyKindAndConstant_isInASample() throws ReflectiveOperationException {
        Set<Object> possible = new LinkedHashSet<>();
        addPossible(Message.class, possible);
        Set<Object> sampled = new LinkedHashSet<>();
        for (Golden golden : Samples.golden()) {
            addPresent(golden.message(), sampled);
        }

        assertThat(sampled).containsAll(possible);
    }

    /** Without this, a walk that finds nothing would please the test above. */
    @Test
    void walkOverTheTypes_descendsIntoEveryFamily() {
        Set<Object> possible = new LinkedHashSet<>();
        addPossible(Message.class, possible);

        assertThat(possible)
                .contains(
                        io.fyercache.sharded.message.KnownResult.class,
                        io.fyercache.sharded.message.Effect.Remove.class,
                        io.fyercache.sharded.message.OperationResult.None.NONE,
                        io.fyercache.sharded.message.StoredEntry.class,
                        EntryOperation.Load.Existing.RENEW,
                        io.fyercache.sharded.topology.Succession.HANDED_OVER);
    }

    private static void addPossible(Type type, Set<Object> found) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                addPossible(argument, found);
            }
        } else if (type instanceof Class<?> known) {
            addPossible(known, found);
        }
    }

    private static void addPossible(Class<?> type, Set<Object> found) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                addPossible(permitted, found);
            }
        } else if (type.isEnum()) {
            found.addAll(Arrays.asList(type.getEnumConstants()));
        } else if (type.isRecord() && found.add(type)) {
            for (RecordComponent component : type.getRecordComponents()) {
                addPossible(component.getGenericType(), found);
            }
        }
    }

    private static void addPresent(Object part, Set<Object> found) throws ReflectiveOperationException {
        if (part instanceof Enum<?>) {
            found.add(part);
        } else if (part instanceof Collection<?> parts) {
            for (Object each : parts) {
                addPresent(each, found);
            }
        } else if (part instanceof Map<?, ?> entries) {
            addPresent(entries.keySet(), found);
            addPresent(entries.values(), found);
        } else if (part instanceof Record) {
            found.add(part.getClass());
            for (RecordComponent component : part.getClass().getRecordComponents()) {
                addPresent(component.getAccessor().invoke(part), found);
            }
        }
    }
}
