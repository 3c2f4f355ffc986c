package io.fyercache.core.codec;

/**
 * The first byte of every encoded value and of every value inside one: which form follows.
 *
 * <p>Tags are the version of the format. A tag is never given another meaning; a form that changes gets a new tag, and the
 * reader of the old one stays as long as bytes of it may exist. What follows a tag is told here where it is not evident;
 * the code stands with the forms. Integers called <em>varint</em> are little-endian base 128, signed ones after zigzag; fixed-width numbers are little-endian.
 */
final class Tag {
    static final int NULL = 0x01;
    /** varint: the number of an object of this value that came before, in the order of {@link Sharing}. */
    static final int REFERENCE = 0x02;

    static final int FALSE = 0x08;
    static final int TRUE = 0x09;
    static final int BYTE = 0x0A;
    static final int SHORT = 0x0B;
    static final int CHARACTER = 0x0C;
    static final int INTEGER = 0x0D;
    static final int LONG = 0x0E;
    static final int FLOAT = 0x0F;
    static final int DOUBLE = 0x10;
    /** varint length in characters, one byte each. */
    static final int STRING_LATIN1 = 0x11;
    /** varint length in bytes, UTF-8. */
    static final int STRING_UTF8 = 0x12;
    /** varint length in characters, two bytes each: strings with unpaired surrogates, which UTF-8 cannot hold. */
    static final int STRING_UTF16 = 0x13;

    static final int BIG_INTEGER = 0x14;
    /** varint scale, varint unscaled value: unscaled values within the range of a long. */
    static final int BIG_DECIMAL_SMALL = 0x15;

    static final int BIG_DECIMAL = 0x16;
    static final int UUID = 0x17;
    static final int URI = 0x18;
    static final int CURRENCY = 0x19;
    /** A locale that its language tag describes in full. */
    static final int LOCALE = 0x1A;

    static final int DATE = 0x1B;

    static final int LOCAL_DATE = 0x20;
    static final int LOCAL_TIME = 0x21;
    static final int LOCAL_DATE_TIME = 0x22;
    static final int INSTANT = 0x23;
    static final int DURATION = 0x24;
    static final int PERIOD = 0x25;
    static final int YEAR = 0x26;
    static final int YEAR_MONTH = 0x27;
    static final int MONTH_DAY = 0x28;
    static final int ZONE_OFFSET = 0x29;
    static final int ZONE_REGION = 0x2A;
    static final int OFFSET_DATE_TIME = 0x2B;
    static final int OFFSET_TIME = 0x2C;
    static final int ZONED_DATE_TIME = 0x2D;

    static final int BYTE_ARRAY = 0x30;
    static final int BOOLEAN_ARRAY = 0x31;
    static final int CHAR_ARRAY = 0x32;
    static final int SHORT_ARRAY = 0x33;
    static final int INT_ARRAY = 0x34;
    static final int LONG_ARRAY = 0x35;
    static final int FLOAT_ARRAY = 0x36;
    static final int DOUBLE_ARRAY = 0x37;
    /** class of the elements, varint length, elements. */
    static final int OBJECT_ARRAY = 0x38;

    static final int ARRAY_LIST = 0x40;
    static final int LINKED_LIST = 0x41;
    static final int ARRAY_DEQUE = 0x42;
    static final int HASH_SET = 0x43;
    static final int LINKED_HASH_SET = 0x44;
    static final int TREE_SET = 0x45;
    static final int HASH_MAP = 0x46;
    static final int LINKED_HASH_MAP = 0x47;
    static final int TREE_MAP = 0x48;
    /** One or two elements, from {@code List.of}. */
    static final int IMMUTABLE_LIST_SMALL = 0x49;
    /** Any number of elements, nulls among them, from {@code List.of} or {@code Stream.toList}. */
    static final int IMMUTABLE_LIST = 0x4A;

    static final int IMMUTABLE_SET = 0x4B;
    static final int IMMUTABLE_MAP = 0x4C;
    static final int EMPTY_LIST = 0x4D;
    static final int EMPTY_SET = 0x4E;
    static final int EMPTY_MAP = 0x4F;
    static final int SINGLETON_LIST = 0x50;
    static final int SINGLETON_SET = 0x51;
    static final int SINGLETON_MAP = 0x52;
    static final int OPTIONAL = 0x53;

    /** class, name of the constant. */
    static final int ENUM = 0x60;
    /** class, components in their order. */
    static final int RECORD = 0x61;
    /** class, fields in the order of {@link ObjectLayout}. */
    static final int OBJECT = 0x62;

    /** The rest is a Java serialization stream. Only in front of a whole value. */
    static final int JAVA_SERIALIZATION = 0x70;
    /** Length and name of a {@link ValueCodec}, then its bytes. Only in front of a whole value. */
    static final int NAMED_CODEC = 0x71;

    /** One more than the largest tag. */
    static final int COUNT = 0x80;

    private Tag() {}

    /** Tells whether a tag is that of a single value of the JDK whose bytes say with what it is equal. URIs are equal in upper and lower case. */
    static boolean isSingleValue(int tag) {
        return tag >= FALSE && tag <= ZONED_DATE_TIME && tag != URI;
    }
}
