package io.fyercache.jdbc.dialect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Arrays;

/** A real statement whose batches answer as those of drivers that send a batch in one message: without counts. */
final class UncountedBatches {

    private UncountedBatches() {}

    static PreparedStatement of(PreparedStatement real) {
        return (PreparedStatement) Proxy.newProxyInstance(
                UncountedBatches.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(real, arguments);
                        if (result instanceof int[] counts) {
                            Arrays.fill(counts, Statement.SUCCESS_NO_INFO);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
