package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.hibernate.enhanced.EnhancedLetters;
import io.fyercache.hibernate.enhanced.Titled;
import io.fyercache.jcache.FyerCachingProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.CacheManager;
import org.hibernate.Session;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entities that are enhanced when they are compiled: what they have not loaded yet is not in their entries either. */
class EnhancedEntitiesTest {

    private static Titled find(Session session) {
        return (Titled) session.find(EnhancedLetters.type(), 1L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attributeThatIsLazy_staysSo_andIsReadFromTheDatabaseWhenItIsAskedFor(boolean byValue) {
        assertThat(PersistentAttributeInterceptable.class).isAssignableFrom(EnhancedLetters.type());
        try (FyerCachingProvider provider = new FyerCachingProvider()) {
            CacheManager manager = provider.getCacheManager();
            manager.createCache(
                    EnhancedLetters.type().getName(),
                    FyerConfiguration.builder().storeByValue(byValue).build());
            Map<String, Object> settings = new HashMap<>();
            settings.put("hibernate.fyercache.cache_manager", manager);
            try (CachedDatabase database = CachedDatabase.open(settings, List.of(EnhancedLetters.type()))) {
                database.run(session -> session.persist(EnhancedLetters.letter(1, "first", "Dear")));
                database.factory().getCache().evictAllRegions();
                assertThat(database.<String>call(session -> find(session).title()))
                        .isEqualTo("first");

                assertThat(database.statementsOf(
                                session -> assertThat(find(session).title()).isEqualTo("first")))
                        .isZero();
                assertThat(database.statementsOf(
                                session -> assertThat(find(session).text()).isEqualTo("Dear")))
                        .isOne();

                database.run(session -> find(session).retitle("second"));

                assertThat(database.statementsOf(
                                session -> assertThat(find(session).title()).isEqualTo("second")))
                        .isZero();
                assertThat(database.<String>call(session -> find(session).text()))
                        .isEqualTo("Dear");
            }
        }
    }
}
