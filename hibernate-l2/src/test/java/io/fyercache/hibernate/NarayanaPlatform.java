package io.fyercache.hibernate;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hibernate.engine.transaction.jta.platform.internal.AbstractJtaPlatform;

/** Narayana as Hibernate's transaction manager, with its log in a folder of the build. */
final class NarayanaPlatform extends AbstractJtaPlatform {
    private static final long serialVersionUID = 1L;

    /** Returns the settings of a session factory with JTA, on an H2 database. */
    static Map<String, Object> settings(String databaseUrl) {
        return Map.of(
                "hibernate.transaction.coordinator_class", "jta",
                "hibernate.transaction.jta.platform", new NarayanaPlatform(),
                "hibernate.connection.provider_class", new XaConnections(transactionManagerOfTests(), databaseUrl));
    }

    /** Returns the only transaction manager of this JVM. */
    static TransactionManager transactionManagerOfTests() {
        try {
            arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("tests");
        } catch (CoreEnvironmentBeanException e) {
            throw new IllegalStateException(e);
        }
        String log = Path.of("target", "narayana").toAbsolutePath().toString();
        arjPropertyManager.getObjectStoreEnvironmentBean().setObjectStoreDir(log);
        for (String store : List.of("stateStore", "communicationStore")) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreDir(log);
        }
        return com.arjuna.ats.jta.TransactionManager.transactionManager();
    }

    @Override
    protected TransactionManager locateTransactionManager() {
        return transactionManagerOfTests();
    }

    @Override
    protected UserTransaction locateUserTransaction() {
        return com.arjuna.ats.jta.UserTransaction.userTransaction();
    }
}
