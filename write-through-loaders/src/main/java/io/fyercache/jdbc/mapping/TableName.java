package io.fyercache.jdbc.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The name of a table, with its schema and catalog where given.
 *
 * @param path one to three names, the table last
 */
public record TableName(List<Identifier> path) {

    /** Catalog, schema, table: SQL knows no longer path. */
    public static final int MAX_PARTS = 3;

    /** Checks the path and copies it. */
    public TableName {
        path = List.copyOf(path);
        if (path.isEmpty() || path.size() > MAX_PARTS) {
            throw new IllegalArgumentException("1.." + MAX_PARTS + " names with dots between");
        }
    }

    /**
     * Reads a table name as a user writes it: {@code person}, {@code app.person}, {@code app."Person"}. A dot inside
     * double quotes belongs to the name.
     *
     * @throws IllegalArgumentException if a part is no {@linkplain Identifier#parse identifier} or there are more than
     *     three; the message is the expectation
     */
    public static TableName parse(String written) {
        List<Identifier> path = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            // Only a quote at the start of a part opens; we"ird is a name with a quote in it.
            if (c == '"' && (quoted || i == start)) {
                boolean doubled = quoted && isDoubled(written, i);
                quoted = !quoted || doubled;
                // The second of a doubled quote neither opens nor closes.
                i += doubled ? 1 : 0;
            } else if (c == '.' && !quoted) {
                path.add(Identifier.parse(written.substring(start, i)));
                start = i + 1;
            }
        }
        path.add(Identifier.parse(written.substring(start)));
        return new TableName(path);
    }

    private static boolean isDoubled(String written, int quote) {
        return quote + 1 < written.length() && written.charAt(quote + 1) == '"';
    }

    /** The name as {@link #parse} reads it. */
    @Override
    public String toString() {
        return path.stream().map(Identifier::toString).collect(Collectors.joining("."));
    }
}
