package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.hibernate.state.StateFingerprint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.model.domain.NavigableRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an application's classes fingerprints depend on. */
class StateFingerprintTest {
    private static final String PARCEL = """
            @Entity
            @Inheritance
            @Cacheable
            @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
            @NaturalIdCache
            public class Parcel {
                @Id long id;
                @NaturalId String code;
                String content;
                Integer grams;
                @Enumerated(EnumType.STRING) Speed speed;
                @Convert(converter = Steps.class) Integer steps;
                @Embedded Place place;
                @ManyToOne Owner owner;
                @ElementCollection Set<String> stamps = new HashSet<>();

                void log() {}

                enum Speed { SLOW, FAST }

                @Embeddable
                public static class Place {
                    String city;
                    String street;
                }

                @Converter
                public static class Steps implements AttributeConverter<Integer, Integer> {
                    public Integer convertToDatabaseColumn(Integer steps) { return steps; }
                    public Integer convertToEntityAttribute(Integer steps) { return steps; }
                }

                @Converter
                public static class DoubleSteps extends Steps {}
            }
            """;

    private static final String GIFT = """
            @Entity
            public class Gift extends Parcel {
                String ribbon;
            }
            """;

    private static final String OWNER = """
            @Entity
            public class Owner {
                @Id Long nr;
            }
            """;

    @TempDir
    static Path folderOfTheRelease;

    private static final Map<String, String> SOURCES = Map.of("Parcel", PARCEL, "Gift", GIFT, "Owner", OWNER);

    private static Release release;
    private static Fingerprints former;

    @BeforeAll
    static void compile() throws Exception {
        release = Release.compiled(folderOfTheRelease, SOURCES);
        former = fingerprints(release);
    }

    /** The fingerprints of a session factory. */
    private record Fingerprints(long entities, long naturalIds, long stamps, long model) {
        static Fingerprints of(SessionFactoryImplementor factory) {
            NavigableRole parcel = new NavigableRole("shop.Parcel");
            return new Fingerprints(
                    StateFingerprint.ofEntities(factory, parcel).getAsLong(),
                    StateFingerprint.ofNaturalIds(factory, parcel).getAsLong(),
                    StateFingerprint.ofCollection(factory, parcel.append("stamps"))
                            .getAsLong(),
                    StateFingerprint.ofModel(factory).getAsLong());
        }

        /** Returns what is not the same in both. */
        String differencesTo(Fingerprints other) {
            List<String> differences = new ArrayList<>();
            if (entities != other.entities) {
                differences.add("entities");
            }
            if (naturalIds != other.naturalIds) {
                differences.add("naturalIds");
            }
            if (stamps != other.stamps) {
                differences.add("stamps");
            }
            if (model != other.model) {
                differences.add("model");
            }
            return String.join(" ", differences);
        }
    }

    private static Fingerprints fingerprints(Map<String, Object> settings, List<Class<?>> entities) {
        try (CachedDatabase database = CachedDatabase.open(settings, entities)) {
            return Fingerprints.of(database.factory());
        }
    }

    private static Fingerprints fingerprints(Release itsRelease) throws Exception {
        return fingerprints(Map.of(), itsRelease.inAProcess("Parcel", "Gift", "Owner"));
    }

    @Test
    void release_hasTheSameOnes_inAllProcesses() throws Exception {
        // In another order, and after the types that were made for the others, which Hibernate numbers.
        Fingerprints another = fingerprints(Map.of(), release.inAProcess("Owner", "Gift", "Parcel"));

        assertThat(another).isEqualTo(former);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "nothing",
            value = {
                "Parcel | String content;    | String letter;               | entities model",
                "Parcel | String content;    | nothing                      | entities model",
                "Parcel | Integer grams;     | Long grams;                  | entities model",
                "Parcel | Integer grams;     | Integer grams; Integer wide; | entities model",
                "Parcel | EnumType.STRING    | EnumType.ORDINAL             | entities model",
                "Parcel | = Steps.class      | = DoubleSteps.class          | entities model",
                "Parcel | String street;     | String road;                 | entities model",
                "Parcel | @NaturalId String  | @NaturalId Integer           | entities naturalIds model",
                "Parcel | Set<String> stamps | Set<Integer> stamps          | stamps model",
                "Parcel | String content;    | @Column(name = \"letter\") String content;          | entities model",
                "Parcel | @ElementCollection | @ElementCollection @Column(name = \"postmarks\") | stamps model",
                "Parcel | @Id long           | @Id Integer                  | entities naturalIds stamps model",
                "Gift   | String ribbon;     | Integer ribbon;              | entities model",
                "Owner  | Long nr;           | String nr;                   | entities model",
                "Parcel | void log() {}      | void log() { grams = 0; }    | nothing",
            })
    void changeOfAClass_isSeenWhereItMatters(
            String changed, String before, String after, String differences, @TempDir Path folder) throws Exception {
        Map<String, String> sources = new HashMap<>(SOURCES);
        assertThat(sources.get(changed)).contains(before);
        sources.put(changed, SOURCES.get(changed).replace(before, after == null ? "" : after));

        Fingerprints latter = fingerprints(Release.compiled(folder, sources));

        assertThat(latter.differencesTo(former)).isEqualTo(differences == null ? "" : differences);
    }

    @Test
    void subclassMore_isAnotherHierarchy() throws Exception {
        Fingerprints without = fingerprints(Map.of(), release.inAProcess("Parcel", "Owner"));

        assertThat(without.differencesTo(former)).isEqualTo("entities model");
    }

    @Test
    void structuredEntries_areOthers() throws Exception {
        Fingerprints structured = fingerprints(
                Map.of("hibernate.cache.use_structured_entries", true), release.inAProcess("Parcel", "Gift", "Owner"));

        assertThat(structured.differencesTo(former)).isEqualTo("entities naturalIds stamps model");
    }
}
