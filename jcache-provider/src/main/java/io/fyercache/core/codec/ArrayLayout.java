package io.fyercache.core.codec;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** Arrays of references, of any dimension, with the class of their elements. */
final class ArrayLayout extends ClassLayout {
    static final TagReader READER = new TagReader(
            Tag.OBJECT_ARRAY,
            Sharing.BEFORE_CONTENTS,
            in -> in.readLayout(ArrayLayout.class).read(in));

    /** Creates the layout of an array class whose components are references. */
    ArrayLayout(Class<?> type) {
        super(type, Sharing.BEFORE_CONTENTS, "array");
    }

    @Override
    public void write(ValueWriter out, Object value) {
        @Nullable Object[] elements = (@Nullable Object[]) value;
        out.sink.writeByte(Tag.OBJECT_ARRAY);
        out.writeLayout(this);
        out.writeLength(elements.length);
        for (Object element : elements) {
            out.writeValue(element);
        }
    }

    private Object read(ValueReader in) {
        int length = in.beginElements(1);
        @Nullable Object[] elements = (@Nullable Object[]) Array.newInstance(type().getComponentType(), length);
        in.remember(elements);
        for (int i = 0; i < length; i++) {
            elements[i] = in.readElement();
        }
        return elements;
    }
}
