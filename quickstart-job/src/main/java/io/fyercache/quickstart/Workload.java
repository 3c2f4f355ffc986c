package io.fyercache.quickstart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of the database and the accesses to them. Every accessed key has a row. Immutable.
 *
 * @param rows all rows, in the order in which they are inserted
 * @param madeRows how many of them, the last ones, were made for keys that are no class of the JDK
 * @param accesses the reference stream
 * @param accessedRows the row of each key of the stream, by the key's number
 */
record Workload(List<ClassRow> rows, int madeRows, ReferenceStream accesses, List<ClassRow> accessedRows) {
    /** What stands in the module column of a made row; no module can have this name. */
    private static final String NO_MODULE = "(not in the JDK)";

    Workload {
        rows = List.copyOf(rows);
        accessedRows = List.copyOf(accessedRows);
    }

    /** Makes a row for each key of {@code accesses} that is no class in {@code jdkRows}. */
    static Workload of(List<ClassRow> jdkRows, ReferenceStream accesses) {
        Map<String, ClassRow> rowsByName = new HashMap<>();
        jdkRows.forEach(row -> rowsByName.put(row.name(), row));
        List<ClassRow> rows = new ArrayList<>(jdkRows);
        List<ClassRow> accessedRows = new ArrayList<>();
        for (String key : accesses.keys()) {
            ClassRow row = rowsByName.get(key);
            if (row == null) {
                row = new ClassRow(key, NO_MODULE, null, key.length(), 0);
                rows.add(row);
            }
            accessedRows.add(row);
        }
        return new Workload(rows, rows.size() - jdkRows.size(), accesses, accessedRows);
    }
}
