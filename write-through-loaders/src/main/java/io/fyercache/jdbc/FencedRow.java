package io.fyercache.jdbc;

import io.fyercache.jdbc.fence.PrimaryEpoch;
import io.fyercache.jdbc.mapping.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row that is to be written or deleted.
 *
 * @param by the primary that has it done; null where the writer has no fence
 */
record FencedRow(Row row, @Nullable PrimaryEpoch by) {}
