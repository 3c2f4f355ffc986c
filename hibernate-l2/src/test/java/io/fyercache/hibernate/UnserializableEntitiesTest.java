package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.jcache.FyerCachingProvider;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Map;
import javax.cache.CacheManager;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.api.Test;

/** Entities of which nothing is serializable, in a region of bytes, as those in a cluster are: Hibernate takes them apart. */
class UnserializableEntitiesTest {

    @Entity(name = "Parcel")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Parcel {
        @Id
        private long id;

        @Convert(converter = WeightConverter.class)
        private Weight weight;

        @Embedded
        private Place to;

        protected Parcel() {}

        Parcel(long id, Weight weight, Place to) {
            this.id = id;
            this.weight = weight;
            this.to = to;
        }
    }

    /** An attribute that is a number in the database. */
    static final class Weight {
        private final int grams;

        Weight(int grams) {
            this.grams = grams;
        }

        // By which Hibernate finds out what was changed.
        @Override
        public boolean equals(Object other) {
            return other instanceof Weight weight && weight.grams == grams;
        }

        @Override
        public int hashCode() {
            return grams;
        }
    }

    @Converter
    static final class WeightConverter implements AttributeConverter<Weight, Integer> {
        @Override
        public Integer convertToDatabaseColumn(Weight weight) {
            return weight.grams;
        }

        @Override
        public Weight convertToEntityAttribute(Integer grams) {
            return new Weight(grams);
        }
    }

    /** An attribute that is two columns. */
    @Embeddable
    static class Place {
        private String city;
        private int shelf;

        protected Place() {}

        Place(String city, int shelf) {
            this.city = city;
            this.shelf = shelf;
        }
    }

    @Test
    void areFoundWithoutAStatement() {
        try (FyerCachingProvider provider = new FyerCachingProvider()) {
            CacheManager manager = provider.getCacheManager();
            manager.createCache(
                    Parcel.class.getName(),
                    FyerConfiguration.builder().storeByValue(true).build());
            try (CachedDatabase database =
                    CachedDatabase.open(Map.of("hibernate.fyercache.cache_manager", manager), List.of(Parcel.class))) {
                database.run(session -> session.persist(new Parcel(1, new Weight(700), new Place("Bonn", 3))));

                assertThat(database.statementsOf(session -> {
                            Parcel found = session.find(Parcel.class, 1);
                            assertThat(found.weight.grams).isEqualTo(700);
                            assertThat(found.to.city).isEqualTo("Bonn");
                            assertThat(found.to.shelf).isEqualTo(3);
                        }))
                        .isZero();
            }
        }
    }
}
