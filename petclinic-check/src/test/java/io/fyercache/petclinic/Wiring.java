package io.fyercache.petclinic;

import io.fyercache.hipster.FyerCacheHipster;
import io.fyercache.hipster.HibernateJCacheHipster;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way in which applications get their second-level cache.
 *
 * @param name tells it from the others
 * @param configuration classes of Spring's that the application has in addition
 * @param settings beside those of {@code application.properties}
 */
record Wiring(String name, List<Class<?>> configuration, List<String> settings) {

    static Stream<Wiring> all() {
        String factory = "spring.jpa.properties.hibernate.cache.region.factory_class=";
        return Stream.of(
                new Wiring("by settings", List.of(), List.of()),
                new Wiring(
                        "with a file",
                        List.of(),
                        List.of("spring.jpa.properties.hibernate.fyercache.uri=classpath:regions.yaml")),
                new Wiring(
                        "JHipster's, with our region factory",
                        List.of(FyerCacheHipster.class),
                        List.of("spring.cache.type=jcache")),
                new Wiring(
                        "JHipster's, with Hibernate's region factory for JCache",
                        List.of(HibernateJCacheHipster.class),
                        List.of("spring.cache.type=jcache", factory + "jcache")));
    }

    OpenClinic open() {
        return OpenClinic.with(configuration, settings);
    }

    @Override
    public String toString() {
        return name;
    }
}
