package io.fyercache.petclinic;

import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application, running in the JVM of the test, on a database of its own. */
record OpenClinic(ConfigurableApplicationContext context) implements AutoCloseable {

    /** Starts the application with further configuration, and settings as in {@code application.properties}. */
    static OpenClinic with(List<Class<?>> configuration, List<String> settings) {
        Class<?>[] sources = Stream.concat(Stream.of(Petclinic.class), configuration.stream())
                .toArray(Class<?>[]::new);
        return new OpenClinic(new SpringApplicationBuilder(sources)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new)));
    }

    Clinic clinic() {
        return context.getBean(Clinic.class);
    }

    SessionFactory sessionFactory() {
        return context.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class);
    }

    /** Returns how many statements {@code work} takes. */
    long statementsOf(Runnable work) {
        Statistics statistics = sessionFactory().getStatistics();
        long before = statistics.getPrepareStatementCount();
        work.run();
        return statistics.getPrepareStatementCount() - before;
    }

    @Override
    public void close() {
        context.close();
    }
}
