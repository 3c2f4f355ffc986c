package io.fyercache.jdbc.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value's parts, seen from the row.
 *
 * @param keyCopies per key column the part of the value that repeats it, or null
 * @param others the parts in columns of their own
 * @param version the one of the others that is the version, or null
 * @param described whether the parts are all that the value has to write
 */
record ValueParts(
        List<@Nullable Part> keyCopies,
        List<Part> others,
        @Nullable Part version,
        boolean described) {}
