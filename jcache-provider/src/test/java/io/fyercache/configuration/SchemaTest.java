package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

/** Holds the published JSON Schema against the catalog of settings, and both against files. */
class SchemaTest {

    /** Faults that take more than a schema to see: they depend on the class path, on the environment, or on two places at once. */
    private static final Set<String> BEYOND_A_SCHEMA = Set.of(
            "a cache stated twice",
            "a cluster that is no URI",
            "a cluster without a host",
            "a setting stated twice",
            "durations out of range",
            "types that are not there",
            "a class that is not there",
            "a word of another type",
            "classes of another role",
            "classes that cannot be made",
            "the older way to name a nested class",
            "through without a partner",
            "a delay of writes without writes",
            "invalidation by the cluster, a bus without invalidation, too few heartbeats",
            "near where nothing can be kept near",
            "two maxima",
            "weight without a weigher, weigher without a weight",
            "an eviction listener without a maximum",
            "allowed classes without an allow-list",
            "patterns that nobody can tell apart",
            "a setting from the defaults at odds with a cache",
            "a weight whose weigher cannot be read",
            "allowed classes inherited by a cache that admits all");

    @Test
    void schema_isWhatTheSettingsImply() throws IOException {
        String implied = new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(SchemaOfSettings.file())
                        .replace("\r\n", "\n")
                + "\n";
        Path fresh = Path.of("target", "fyercache.schema.json");
        Files.writeString(fresh, implied);

        assertThat(resource("fyercache.schema.json"))
                .as(
                        "src/main/resources/io/fyercache/configuration/fyercache.schema.json (the implied one is in %s)",
                        fresh)
                .isEqualTo(implied);
    }

    @Test
    void schema_admitsTheSampleThatTheParserAdmits() throws IOException {
        assertThat(schema().validate(resource("sample.yaml"), InputFormat.YAML)).isEmpty();
        assertThat(ConfigurationFileTest.sample().declaredCaches()).isNotEmpty();
    }

    @Test
    void sample_hasEverySetting() throws IOException {
        String sample = resource("sample.yaml");

        assertThat(List.of(CacheSettings.ALL, CacheSettings.EXPIRY_PARTS, CacheSettings.LISTENER_PARTS))
                .allSatisfy(settings -> assertThat(settings)
                        .extracting(setting ->
                                setting.path().substring(setting.path().lastIndexOf('.') + 1) + ":")
                        .allSatisfy(key -> assertThat(sample).contains(key)));
    }

    @Test
    void schema_refusesTheFaultyFilesAsFarAsASchemaCan() throws IOException {
        Schema schema = schema();

        assertThat(FaultyFilesTest.rows())
                .filteredOn(row -> row.faults().stream().noneMatch(fault -> fault.contains("(file)")))
                .filteredOn(row -> admits(schema, row.text()))
                .extracting(FaultyFilesTest.Row::name)
                .containsExactlyInAnyOrderElementsOf(BEYOND_A_SCHEMA);
    }

    private static boolean admits(Schema schema, String text) {
        try {
            return schema.validate(text, InputFormat.YAML).isEmpty();
        } catch (RuntimeException unreadable) {
            // The reader behind the validator refuses some texts before it comes to the schema.
            return false;
        }
    }

    static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(resource("fyercache.schema.json"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(SchemaTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
