package io.fyercache.jdbc.mapping;

import java.sql.ResultSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a record of a row, component by component. */
final class RecordReader<V> implements RowReader<V> {

    private final Class<V> type;
    private final RecordShape shape;
    private final List<Part> parts;
    private final int[] positions;

    /**
     * Of one part per component.
     *
     * @param positions where in the row each part stands, from 1
     */
    RecordReader(Class<V> type, RecordShape shape, List<Part> parts, int[] positions) {
        this.type = type;
        this.shape = shape;
        this.parts = parts;
        this.positions = positions;
    }

    @Override
    public V read(ResultSet row) {
        @Nullable Object[] values = new @Nullable Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            Part part = parts.get(i);
            values[i] = part.column().read(row, positions[i]);
            if (values[i] == null && part.type().isPrimitive()) {
                throw new MappingException(
                        "column " + part.column() + " is NULL (expected: a value, as the component of "
                                + type.getTypeName() + " is a primitive " + part.type() + "); declare the component as "
                                + ColumnTypes.wrapper(part.type()).getSimpleName() + " or the column as NOT NULL");
            }
        }
        return type.cast(shape.create(values));
    }
}
