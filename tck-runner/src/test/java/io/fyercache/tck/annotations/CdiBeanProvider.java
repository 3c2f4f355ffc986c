package io.fyercache.tck.annotations;

import javax.cache.annotation.BeanProvider;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** Runs the annotation tests through the JSR-107 reference interceptors in Weld, the reference CDI container. */
public final class CdiBeanProvider implements BeanProvider {
    private final WeldContainer container;

    /** Called by {@code ServiceLoader}. Weld closes the container when the JVM ends. */
    public CdiBeanProvider() {
        // The interceptors' archive enables them in its own beans.xml. Without isolation, that holds for the TCK's
        // archive too.
        container = new Weld()
                .property(Weld.ARCHIVE_ISOLATION_SYSTEM_PROPERTY, false)
                .initialize();
    }

    @Override
    public <T> T getBeanByType(Class<T> type) {
        return BeanLog.handedOut(type, container.select(type).get());
    }
}
