package io.fyercache.core.codec;

import io.fyercache.core.bytes.ByteSource;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The forms of single values: numbers, strings and the like. */
final class ScalarForms {
    /** Bits. An unscaled value of fewer fits a long with its sign. */
    private static final int SMALL_DECIMAL_BITS = 63;

    @SuppressWarnings("JavaUtilDate") // users have values of it
    static final List<KnownForm<?>> ALL = List.of(
            new KnownForm<Boolean>(
                    Boolean.class,
                    Sharing.NONE,
                    (out, value) -> out.sink.writeByte(value ? Tag.TRUE : Tag.FALSE),
                    List.of(scalar(Tag.FALSE, in -> false), scalar(Tag.TRUE, in -> true))),
            KnownForm.of(Tag.BYTE, Byte.class, (out, value) -> out.sink.writeByte(value), source ->
                    (byte) source.readByte()),
            KnownForm.of(Tag.SHORT, Short.class, (out, value) -> out.sink.writeSigned(value), source ->
                    (short) source.readSigned(Short.MIN_VALUE, Short.MAX_VALUE)),
            KnownForm.of(
                    Tag.CHARACTER,
                    Character.class,
                    (out, value) -> out.sink.writeFixed16(value),
                    ByteSource::readFixed16),
            KnownForm.of(Tag.INTEGER, Integer.class, (out, value) -> out.sink.writeSigned(value), ByteSource::readInt),
            KnownForm.of(Tag.LONG, Long.class, (out, value) -> out.sink.writeSigned(value), ByteSource::readSigned),
            KnownForm.of(
                    Tag.FLOAT,
                    Float.class,
                    (out, value) -> out.sink.writeFixed32(Float.floatToIntBits(value)),
                    source -> Float.intBitsToFloat(source.readFixed32())),
            KnownForm.of(
                    Tag.DOUBLE,
                    Double.class,
                    (out, value) -> out.sink.writeFixed64(Double.doubleToLongBits(value)),
                    source -> Double.longBitsToDouble(source.readFixed64())),
            new KnownForm<String>(
                    String.class,
                    Sharing.NONE,
                    (out, value) -> StringForm.write(out.sink, value),
                    List.of(
                            scalar(Tag.STRING_LATIN1, in -> in.source.readLatin1()),
                            scalar(Tag.STRING_UTF8, in -> in.source.readUtf8()),
                            scalar(Tag.STRING_UTF16, in -> in.source.readUtf16()))),
            KnownForm.of(Tag.BIG_INTEGER, BigInteger.class, ScalarForms::writeBigInteger, ScalarForms::readBigInteger),
            new KnownForm<BigDecimal>(
                    BigDecimal.class,
                    Sharing.NONE,
                    ScalarForms::writeBigDecimal,
                    List.of(
                            scalar(Tag.BIG_DECIMAL_SMALL, in -> readSmallBigDecimal(in.source)),
                            scalar(Tag.BIG_DECIMAL, in -> readBigDecimal(in.source)))),
            KnownForm.of(
                    Tag.UUID,
                    UUID.class,
                    (out, value) -> {
                        out.sink.writeFixed64(value.getMostSignificantBits());
                        out.sink.writeFixed64(value.getLeastSignificantBits());
                    },
                    source -> new UUID(source.readFixed64(), source.readFixed64())),
            KnownForm.of(
                    Tag.URI,
                    URI.class,
                    (out, value) -> StringForm.write(out.sink, value.toString()),
                    source -> URI.create(StringForm.read(source))),
            KnownForm.of(
                    Tag.CURRENCY,
                    Currency.class,
                    (out, value) -> StringForm.write(out.sink, value.getCurrencyCode()),
                    source -> Currency.getInstance(StringForm.read(source))),
            KnownForm.of(
                    Tag.LOCALE,
                    Locale.class,
                    ScalarForms::writeLocale,
                    source -> Locale.forLanguageTag(StringForm.read(source))),
            KnownForm.of(
                    Tag.DATE,
                    Date.class,
                    Sharing.BEFORE_CONTENTS,
                    (ValueWriter out, Date value) -> out.sink.writeSigned(value.getTime()),
                    in -> in.remember(new Date(in.source.readSigned()))),
            KnownForm.of(
                    Tag.OPTIONAL,
                    Optional.class,
                    Sharing.AFTER_CONTENTS,
                    (ValueWriter out, Optional<?> value) -> out.writeValue(value.orElse(null)),
                    in -> Optional.ofNullable(in.readValue())));

    private ScalarForms() {}

    private static TagReader scalar(int tag, TagReader.Function function) {
        return new TagReader(tag, Sharing.NONE, function);
    }

    private static void writeBigInteger(ValueWriter out, BigInteger value) {
        byte[] bytes = value.toByteArray();
        out.sink.writeUnsigned(bytes.length);
        out.sink.writeBytes(bytes);
    }

    private static BigInteger readBigInteger(ByteSource source) {
        return new BigInteger(source.readBytes(source.readLength(1)));
    }

    private static void writeBigDecimal(ValueWriter out, BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        boolean small = unscaled.bitLength() <= SMALL_DECIMAL_BITS;
        out.sink.writeByte(small ? Tag.BIG_DECIMAL_SMALL : Tag.BIG_DECIMAL);
        out.sink.writeSigned(value.scale());
        if (small) {
            out.sink.writeSigned(unscaled.longValue());
        } else {
            writeBigInteger(out, unscaled);
        }
    }

    private static BigDecimal readSmallBigDecimal(ByteSource source) {
        int scale = source.readInt();
        return BigDecimal.valueOf(source.readSigned(), scale);
    }

    private static BigDecimal readBigDecimal(ByteSource source) {
        int scale = source.readInt();
        return new BigDecimal(readBigInteger(source), scale);
    }

    private static void writeLocale(ValueWriter out, Locale value) {
        String languageTag = value.toLanguageTag();
        if (!Locale.forLanguageTag(languageTag).equals(value)) {
            throw new Declined(); // ill-formed parts, which old locales have, are lost in a language tag
        }
        StringForm.write(out.sink, languageTag);
    }
}
