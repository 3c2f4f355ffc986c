package io.fyercache.core.codec;

import io.fyercache.core.bytes.ByteSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** The forms of {@code java.time}. Their readers rely on the range checks of the factories they call. */
final class TimeForms {
    static final List<KnownForm<?>> ALL = List.of(
            KnownForm.of(Tag.LOCAL_DATE, LocalDate.class, (out, value) -> write(out, value), TimeForms::readDate),
            KnownForm.of(Tag.LOCAL_TIME, LocalTime.class, (out, value) -> write(out, value), TimeForms::readTime),
            KnownForm.of(
                    Tag.LOCAL_DATE_TIME,
                    LocalDateTime.class,
                    (out, value) -> write(out, value),
                    TimeForms::readDateTime),
            KnownForm.of(
                    Tag.INSTANT,
                    Instant.class,
                    (out, value) -> writeSeconds(out, value.getEpochSecond(), value.getNano()),
                    source -> Instant.ofEpochSecond(source.readSigned(), source.readUnsigned())),
            KnownForm.of(
                    Tag.DURATION,
                    Duration.class,
                    (out, value) -> writeSeconds(out, value.getSeconds(), value.getNano()),
                    source -> Duration.ofSeconds(source.readSigned(), source.readUnsigned())),
            KnownForm.of(
                    Tag.PERIOD,
                    Period.class,
                    (out, value) -> {
                        out.sink.writeSigned(value.getYears());
                        out.sink.writeSigned(value.getMonths());
                        out.sink.writeSigned(value.getDays());
                    },
                    source -> Period.of(source.readInt(), source.readInt(), source.readInt())),
            KnownForm.of(
                    Tag.YEAR,
                    Year.class,
                    (out, value) -> out.sink.writeSigned(value.getValue()),
                    source -> Year.of(source.readInt())),
            KnownForm.of(
                    Tag.YEAR_MONTH,
                    YearMonth.class,
                    (out, value) -> {
                        out.sink.writeSigned(value.getYear());
                        out.sink.writeByte(value.getMonthValue());
                    },
                    source -> YearMonth.of(source.readInt(), source.readByte())),
            KnownForm.of(
                    Tag.MONTH_DAY,
                    MonthDay.class,
                    (out, value) -> {
                        out.sink.writeByte(value.getMonthValue());
                        out.sink.writeByte(value.getDayOfMonth());
                    },
                    source -> MonthDay.of(source.readByte(), source.readByte())),
            KnownForm.of(Tag.ZONE_OFFSET, ZoneOffset.class, (out, value) -> write(out, value), TimeForms::readOffset),
            // The class of zone regions is not public; its values all come from the factory.
            KnownForm.of(
                    Tag.ZONE_REGION,
                    ZoneId.of("Europe/Paris").getClass(),
                    (ValueWriter out, ZoneId value) -> write(out, value),
                    TimeForms::readZone),
            KnownForm.of(
                    Tag.OFFSET_DATE_TIME,
                    OffsetDateTime.class,
                    (out, value) -> {
                        write(out, value.toLocalDateTime());
                        write(out, value.getOffset());
                    },
                    source -> OffsetDateTime.of(readDateTime(source), readOffset(source))),
            KnownForm.of(
                    Tag.OFFSET_TIME,
                    OffsetTime.class,
                    (out, value) -> {
                        write(out, value.toLocalTime());
                        write(out, value.getOffset());
                    },
                    source -> OffsetTime.of(readTime(source), readOffset(source))),
            KnownForm.of(
                    Tag.ZONED_DATE_TIME,
                    ZonedDateTime.class,
                    (out, value) -> {
                        write(out, value.toLocalDateTime());
                        write(out, value.getOffset());
                        write(out, value.getZone());
                    },
                    TimeForms::readZoned));

    private TimeForms() {}

    private static void writeSeconds(ValueWriter out, long seconds, int nanos) {
        out.sink.writeSigned(seconds);
        out.sink.writeUnsigned(nanos);
    }

    private static void write(ValueWriter out, LocalDate value) {
        out.sink.writeSigned(value.toEpochDay());
    }

    private static LocalDate readDate(ByteSource source) {
        return LocalDate.ofEpochDay(source.readSigned());
    }

    private static void write(ValueWriter out, LocalTime value) {
        out.sink.writeUnsigned(value.toNanoOfDay());
    }

    private static LocalTime readTime(ByteSource source) {
        return LocalTime.ofNanoOfDay(source.readUnsigned());
    }

    private static void write(ValueWriter out, LocalDateTime value) {
        write(out, value.toLocalDate());
        write(out, value.toLocalTime());
    }

    private static LocalDateTime readDateTime(ByteSource source) {
        return LocalDateTime.of(readDate(source), readTime(source));
    }

    private static void write(ValueWriter out, ZoneOffset value) {
        out.sink.writeSigned(value.getTotalSeconds());
    }

    private static ZoneOffset readOffset(ByteSource source) {
        return ZoneOffset.ofTotalSeconds(source.readInt());
    }

    private static void write(ValueWriter out, ZoneId value) {
        byte[] id = value.getId().getBytes(StandardCharsets.ISO_8859_1);
        out.sink.writeUnsigned(id.length);
        out.sink.writeBytes(id);
    }

    private static ZoneId readZone(ByteSource source) {
        return ZoneId.of(source.readLatin1());
    }

    private static ZonedDateTime readZoned(ByteSource source) {
        LocalDateTime dateTime = readDateTime(source);
        ZoneOffset offset = readOffset(source);
        ZoneId zone = readZone(source);
        // The offset decides between the two instants of an hour that the end of summer time repeats.
        return ZonedDateTime.ofLocal(dateTime, zone, offset);
    }
}
