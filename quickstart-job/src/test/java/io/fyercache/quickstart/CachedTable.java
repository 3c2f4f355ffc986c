package io.fyercache.quickstart;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.integration.CacheWriter;

/** A small table with the quickstart's own cache in front of it. */
record CachedTable(List<ClassRow> rows, ClassTable table, CacheManager manager, Cache<String, ClassRow> cache)
        implements AutoCloseable {
    static CachedTable open(int rowCount) throws SQLException {
        return open(rowCount, UnaryOperator.identity());
    }

    /** Opens it with {@code writerChange} between the cache and the table. */
    static CachedTable open(int rowCount, UnaryOperator<CacheWriter<String, ClassRow>> writerChange)
            throws SQLException {
        List<ClassRow> rows = IntStream.range(0, rowCount)
                .mapToObj(i -> new ClassRow("class" + i, "module", i % 2 == 0 ? null : "class0", i, 2 * i))
                .toList();
        ClassTable table = ClassTable.create("test");
        table.insert(rows, inserted -> {});
        CacheManager manager = Caching.getCachingProvider().getCacheManager();
        Cache<String, ClassRow> cache =
                CacheInFront.create(manager, rowCount, table.loader(), writerChange.apply(table.writer()));
        return new CachedTable(rows, table, manager, cache);
    }

    /** Changes the table behind the cache's back. */
    void execute(String sql) throws SQLException {
        try (Connection connection = table.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assert statement.executeUpdate(sql) == 1 : sql;
        }
    }

    @Override
    public void close() throws SQLException {
        manager.close();
        table.close();
    }
}
