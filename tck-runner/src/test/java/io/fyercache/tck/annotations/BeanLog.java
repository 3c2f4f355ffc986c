package io.fyercache.tck.annotations;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Writes down which beans a container handed to the TCK; the gate reads it from the report of the test. */
public final class BeanLog {
    /** Starts the line of a bean; what follows is the type that the TCK asked for and the class it was given. */
    public static final String MARK = "===== BEAN ";

    private static final Logger LOGGER = System.getLogger(BeanLog.class.getName());

    private BeanLog() {}

    static <T> T handedOut(Class<T> type, T bean) {
        LOGGER.log(Level.INFO, MARK + type.getName() + " as " + bean.getClass().getName());
        return bean;
    }
}
