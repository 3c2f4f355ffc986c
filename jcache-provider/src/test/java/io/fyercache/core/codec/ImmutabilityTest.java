package io.fyercache.core.codec;

import static io.fyercache.core.codec.Samples.chain;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.codec.Samples.Color;
import io.fyercache.core.codec.Samples.Order;
import io.fyercache.core.codec.Samples.Point;
import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which values a store by value may hand out as they are. */
@SuppressWarnings("JavaUtilDate") // users have values of it
class ImmutabilityTest {
    private final CodecChain chain = chain();

    @Test
    void isImmutableType_isTrueOnlyWhereNoValueNeedsToBeAsked() {
        assertThat(List.of(String.class, Long.class, Color.class, Point.class, Tree.class, ZoneId.class))
                .allMatch(CodecChain::isImmutableType);
        assertThat(List.of(Object.class, BigDecimal.class, Money.class, Optional.class, Names.class, Date.class))
                .noneMatch(CodecChain::isImmutableType);
    }

    record Money(BigDecimal amount, Currency currency) implements Serializable {}

    record Tree(Tree left, Point value, Color color, Tree right) implements Serializable {}

    record Holder(Object content) implements Serializable {}

    record Names(List<String> names) implements Serializable {}

    @SuppressWarnings("ArrayRecordComponent") // it is why the record is mutable
    record Bytes(byte[] bytes) implements Serializable {}

    record Maybe(Optional<Object> content) {}

    record Nested(Money money, ZoneId zone) implements Serializable {}

    record DeepMutable(Names names, Money money) implements Serializable {}

    record Mutual(Other other) implements Serializable {
        @SuppressWarnings("ArrayRecordComponent") // it is why both records are mutable
        record Other(Mutual mutual, int[] data) implements Serializable {}
    }

    static class Cents extends BigDecimal {
        @Serial
        private static final long serialVersionUID = 1L;

        int mutable;

        Cents(int value) {
            super(value);
        }
    }

    static Stream<Object> immutables() {
        return Stream.of(
                true,
                (byte) 1,
                (short) 1,
                'c',
                1,
                1L,
                1f,
                1d,
                "s",
                BigInteger.ONE,
                BigDecimal.ONE,
                UUID.randomUUID(),
                URI.create("a:b"),
                Locale.ROOT,
                Currency.getInstance("EUR"),
                Duration.ZERO,
                Instant.EPOCH,
                LocalDate.MIN,
                ZoneOffset.UTC,
                ZoneId.of("Europe/Rome"),
                ZonedDateTime.now(ZoneOffset.UTC),
                JapaneseDate.of(2026, 1, 1),
                Optional.empty(),
                Optional.of("x"),
                Optional.of(Optional.of(1)),
                OptionalInt.of(1),
                String.class,
                Color.RED,
                Color.GREEN,
                new Point(1, 2),
                new Money(BigDecimal.ONE, Currency.getInstance("EUR")),
                new Money(null, null),
                new Tree(null, new Point(1, 2), Color.RED, null),
                new Nested(new Money(BigDecimal.ONE, null), ZoneOffset.UTC),
                new Maybe(Optional.of(1)));
    }

    static Stream<Object> mutables() {
        return Stream.of(
                new Date(0),
                new byte[0],
                new String[0],
                new ArrayList<>(),
                List.of(1),
                List.of(new Date(0)),
                Optional.of(new ArrayList<>()),
                Optional.of(Optional.of(new byte[0])),
                new Order("a", "b"),
                new Cents(1),
                new Money(new Cents(1), null),
                new Holder("even of a string"),
                new Names(List.of("a")),
                new Bytes(new byte[1]),
                new Maybe(Optional.of(new Date(0))),
                new Nested(new Money(new Cents(1), null), null),
                new DeepMutable(null, null),
                new Mutual(null),
                new Object());
    }

    static Stream<Arguments> table() {
        return Stream.concat(
                immutables().map(value -> Arguments.of(new Object[] {value}, true)),
                mutables().map(value -> Arguments.of(new Object[] {value}, false)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void isImmutable_isTrueOnlyOfWhatNobodyCanChange(Object[] value, boolean expected) {
        assertThat(chain.isImmutable(value[0])).isEqualTo(expected);
        assertThat(chain.isImmutable(value[0])).isEqualTo(expected);
    }

    @Test
    void copy_immutable_isTheSame() {
        Money money = new Money(BigDecimal.TEN, Currency.getInstance("USD"));

        assertThat(chain.copy(money)).isSameAs(money);
    }

    @Test
    void copy_mutable_isEqualAndIndependent() {
        Names names = new Names(new ArrayList<>(List.of("a")));

        Names copy = (Names) chain.copy(names);
        names.names().add("b");

        assertThat(copy.names()).containsExactly("a");
    }
}
