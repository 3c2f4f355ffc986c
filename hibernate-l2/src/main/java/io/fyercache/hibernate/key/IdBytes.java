package io.fyercache.hibernate.key;

import java.io.Serializable;
import java.util.HexFormat;

/** An identifier, or a part of one, that is a run of bytes. Written as text, because arrays are equal to themselves alone. */
record IdBytes(String hexadecimal) implements Serializable {
    private static final long serialVersionUID = 1L;

    static IdBytes of(byte[] bytes) {
        return new IdBytes(HexFormat.of().formatHex(bytes));
    }

    byte[] toBytes() {
        return HexFormat.of().parseHex(hexadecimal);
    }
}
