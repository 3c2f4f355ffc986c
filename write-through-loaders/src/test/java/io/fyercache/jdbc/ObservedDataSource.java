package io.fyercache.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Wraps a real data source, counts what is executed, and may break a call before the database sees it. */
public final class ObservedDataSource {

    /** Sees a call that is about to reach the database. */
    @FunctionalInterface
    public interface Observer {
        void before(String method, String sql) throws SQLException;
    }

    private final DataSource real;
    private final Observer observer;
    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger rollbacks = new AtomicInteger();

    public ObservedDataSource(DataSource real) {
        this(real, (method, sql) -> {});
    }

    public ObservedDataSource(DataSource real, Observer observer) {
        this.real = real;
        this.observer = observer;
    }

    /** Executions; a batch counts as one. */
    public int statements() {
        return statements.get();
    }

    int commits() {
        return commits.get();
    }

    /** Committed or rolled back. */
    int transactions() {
        return commits.get() + rollbacks.get();
    }

    public DataSource dataSource() {
        return observe(DataSource.class, real, "");
    }

    private <T> T observe(Class<T> type, T target, String sql) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    String name = method.getName();
                    if (name.startsWith("execute")) {
                        statements.incrementAndGet();
                    } else if (name.equals("commit")) {
                        commits.incrementAndGet();
                    } else if (name.equals("rollback")) {
                        rollbacks.incrementAndGet();
                    }
                    observer.before(name, sql);
                    try {
                        Object result = method.invoke(target, arguments);
                        if (result instanceof Connection connection) {
                            return observe(Connection.class, connection, "");
                        }
                        if (result instanceof PreparedStatement statement) {
                            return observe(PreparedStatement.class, statement, (String) arguments[0]);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
