package io.fyercache.hibernate;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.XAConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;

/** Connections to an H2 database that take part in JTA transactions, one for each transaction; others commit by themselves. Thread-safe. */
final class XaConnections implements ConnectionProvider {
    private static final long serialVersionUID = 1L;

    private final transient TransactionManager transactions;
    private final transient JdbcDataSource database = new JdbcDataSource();
    private final transient Map<Transaction, Connection> ofTransactions = new ConcurrentHashMap<>();

    XaConnections(TransactionManager transactions, String url) {
        this.transactions = transactions;
        database.setUrl(url);
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            Transaction transaction = transactions.getTransaction();
            if (transaction == null) {
                return database.getConnection();
            }
            Connection connection = ofTransactions.get(transaction);
            return connection != null ? connection : enlist(transaction);
        } catch (SystemException | RollbackException e) {
            throw new SQLException(e);
        }
    }

    private Connection enlist(Transaction transaction) throws SQLException, SystemException, RollbackException {
        XAConnection resource = database.getXAConnection();
        transaction.enlistResource(resource.getXAResource());
        Connection connection = resource.getConnection();
        ofTransactions.put(transaction, connection);
        transaction.registerSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                ofTransactions.remove(transaction);
                try {
                    resource.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        return connection;
    }

    /** Leaves the connection of a transaction to its end. */
    @Override
    public void closeConnection(Connection connection) throws SQLException {
        if (!ofTransactions.containsValue(connection)) {
            connection.close();
        }
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return true;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return false;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new IllegalArgumentException(type.getName() + " (expected: none)");
    }
}
