package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.RowKey;
import java.sql.PreparedStatement;
import java.util.Collections;
import java.util.List;

/**
 * Selects by {@code IN}, or by equality where there is one key.
 *
 * <p>The number of keys is rounded up to a power of two, the last key being repeated, so that a table has a dozen
 * statement texts and not hundreds: databases and drivers keep a plan per text.
 *
 * @param keysPerStatement the most keys for one statement
 * @param select the text up to and with {@code WHERE} and a space
 * @param single the condition for one key
 * @param condition the condition for several keys
 */
record InLookup(int keysPerStatement, String select, String single, Condition condition) implements KeyLookup {

    /** The parts of a condition on several keys. */
    record Condition(String before, String perKey, String separator, String after) {}

    /** One column by {@code IN}, several by {@code (a = ? AND b = ?) OR ...}, which every database knows. */
    static InLookup byConditions(TableSql sql, int maxParameters) {
        Condition condition = sql.keyWidth() == 1
                ? new Condition(sql.keyNames() + " IN (", "?", ", ", ")")
                : new Condition("", "(" + sql.keyEquals() + ")", " OR ", "");
        return of(sql, maxParameters, condition);
    }

    /** One column by {@code IN}, several by {@code (a, b) IN ((?, ?), ...)}. */
    static InLookup byRowValues(TableSql sql, int maxParameters) {
        int width = sql.keyWidth();
        if (width == 1) {
            return byConditions(sql, maxParameters);
        }
        return of(
                sql,
                maxParameters,
                new Condition("(" + sql.keyNames() + ") IN (", "(" + TableSql.parameters(width) + ")", ", ", ")"));
    }

    private static InLookup of(TableSql sql, int maxParameters, Condition condition) {
        return new InLookup(Math.max(1, maxParameters / sql.keyWidth()), sql.selectWhere(), sql.keyEquals(), condition);
    }

    @Override
    public String sql(int keys) {
        if (keys == 1) {
            return select + single;
        }
        String all = String.join(condition.separator, Collections.nCopies(rounded(keys), condition.perKey));
        return select + condition.before + all + condition.after;
    }

    @Override
    public void bind(PreparedStatement statement, List<RowKey> keys) {
        int index = 1;
        int last = keys.size() - 1;
        for (int i = 0; i < rounded(keys.size()); i++) {
            index = keys.get(Math.min(i, last)).bind(statement, index);
        }
    }

    private int rounded(int keys) {
        int power = Integer.highestOneBit(keys);
        // Never above the limit: the largest text has exactly the limit's number of keys.
        return power == keys ? keys : Math.min(2 * power, keysPerStatement);
    }
}
