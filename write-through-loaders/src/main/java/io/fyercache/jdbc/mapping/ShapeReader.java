package io.fyercache.jdbc.mapping;

import java.sql.ResultSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a record or bean of a row, property by property. */
final class ShapeReader<V> implements RowReader<V> {

    private final Class<V> type;
    private final Shape shape;
    private final List<Part> parts;
    private final int[] positions;

    /**
     * Of one part per property.
     *
     * @param positions where in the row each part stands, from 1
     */
    ShapeReader(Class<V> type, Shape shape, List<Part> parts, int[] positions) {
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
                throw new MappingException("column " + part.column()
                        + " is NULL (expected: a value, as it is a primitive " + part.type() + " in "
                        + type.getTypeName() + "); declare it there as "
                        + ColumnTypes.wrapper(part.type()).getSimpleName() + " or the column as NOT NULL");
            }
        }
        return type.cast(shape.create(values));
    }
}
