package io.fyercache.sharded.message.codec;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of a list: how many there are, and each of them.
 *
 * @param element the form of each
 * @param largest how many there may be
 * @param bytesEach what each takes at least, 1 or more: the list is not allocated unless that many bytes are there
 */
record ListForm<T>(Form<T> element, int largest, int bytesEach) implements Form<List<T>> {
    @Override
    public void write(ByteSink out, List<T> values) {
        out.writeUpTo(values.size(), largest);
        for (T value : values) {
            element.write(out, value);
        }
    }

    @Override
    public List<T> read(ByteSource in) {
        int size = in.readCount(largest, bytesEach);
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(element.read(in));
        }
        return values;
    }
}
