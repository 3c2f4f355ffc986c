package io.fyercache.jdbc.fence;

import java.io.Serializable;

/**
 * What a writer is fenced by, as a user says it: the table, and who knows whose call it is.
 *
 * @param table the name of the {@link FenceTable}, written as in SQL: {@code fyercache_fence}, {@code app.fyercache_fence}
 * @param epochs tells by whose authority the writer is called
 */
public record Fence(String table, PrimaryEpochs epochs) implements Serializable {

    private static final long serialVersionUID = 1L;
}
