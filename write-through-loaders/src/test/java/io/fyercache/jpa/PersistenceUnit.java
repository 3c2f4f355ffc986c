package io.fyercache.jpa;

import io.fyercache.jdbc.Product;
import io.fyercache.jdbc.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/** Hibernate on a real database, of which the tables are made anew. */
final class PersistenceUnit implements AutoCloseable {
    private static final List<String> TABLES =
            List.of("Person", "Account", "Team_scores", "Player", "Team", "Line", "Note");

    private final TestDatabase database;
    private final EntityManagerFactory factory;

    private PersistenceUnit(TestDatabase database) {
        this.database = database;
        this.factory = configuration(database.dataSource())
                .property("jakarta.persistence.schema-generation.database.action", "create")
                .createEntityManagerFactory();
    }

    /** H2, and a real server unless it is left out. */
    static Stream<Product> products() {
        return Product.all().stream().filter(product -> product != Product.MARIADB);
    }

    static PersistenceUnit create(Product product) throws Exception {
        return new PersistenceUnit(TestDatabase.create(product, 2));
    }

    private static HibernatePersistenceConfiguration configuration(DataSource dataSource) {
        HibernatePersistenceConfiguration configuration = new HibernatePersistenceConfiguration("test");
        configuration.managedClasses(
                Person.class, Account.class, Team.class, Team.Player.class, Line.class, Line.Note.class);
        configuration.property("jakarta.persistence.nonJtaDataSource", dataSource);
        return configuration;
    }

    /** Another factory on the same tables. */
    static EntityManagerFactory over(DataSource dataSource) {
        return configuration(dataSource).createEntityManagerFactory();
    }

    static EntityManagerFactory withJta(DataSource dataSource) {
        HibernatePersistenceConfiguration configuration = configuration(dataSource);
        configuration.transactionType(PersistenceUnitTransactionType.JTA);
        configuration.property("hibernate.dialect", H2Dialect.class.getName());
        return configuration.createEntityManagerFactory();
    }

    TestDatabase database() {
        return database;
    }

    EntityManagerFactory factory() {
        return factory;
    }

    /** What the application itself does, beside the cache. */
    void inTransaction(Consumer<EntityManager> work) {
        factory.runInTransaction(work);
    }

    void deleteAll() throws SQLException {
        for (String table : TABLES) {
            database.execute("delete from " + table);
        }
    }

    @Override
    public void close() throws SQLException {
        factory.close();
        database.close();
    }
}
