package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.RowKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Selects the rows of some keys, in the order of {@link io.fyercache.jdbc.mapping.Table#selectedColumns()}. */
public interface KeyLookup {

    /** The most keys for one statement, at least one. */
    int keysPerStatement();

    /** The statement's text for so many keys, 1..{@link #keysPerStatement()}. */
    String sql(int keys);

    /** Sets the parameters of the statement for these keys; they are distinct. */
    void bind(PreparedStatement statement, List<RowKey> keys) throws SQLException;
}
