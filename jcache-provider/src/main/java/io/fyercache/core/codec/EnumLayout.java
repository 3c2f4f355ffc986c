package io.fyercache.core.codec;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Constants of an enum, by name: their order may change and others may be added. */
final class EnumLayout extends ClassLayout {
    static final TagReader READER = new TagReader(
            Tag.ENUM, Sharing.NONE, in -> in.readLayout(EnumLayout.class).read(in));

    private final Map<String, Object> constants;

    /** Creates the layout of the class that declares the constants; theirs may be subclasses. */
    EnumLayout(Class<?> type) {
        super(type, Sharing.NONE, "enum");
        this.constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toUnmodifiableMap(constant -> ((Enum<?>) constant).name(), constant -> constant));
    }

    @Override
    public void write(ValueWriter out, Object value) {
        out.sink.writeByte(Tag.ENUM);
        out.writeLayout(this);
        StringForm.write(out.sink, ((Enum<?>) value).name());
    }

    private Object read(ValueReader in) {
        String name = StringForm.read(in.source);
        Object constant = constants.get(name);
        if (constant == null) {
            throw new CodecException("enum " + type().getName() + " has no constant of the name in the bytes"
                    + " (expected: one of " + constants.keySet() + "); discard the bytes or restore the constant");
        }
        return constant;
    }
}
