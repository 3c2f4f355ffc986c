package io.fyercache.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.cache.CacheException;
import javax.cache.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;

/**
 * The caches of one manager as a YAML file has them; {@code docs/configuration.md} describes the format.
 *
 * <p>Immutable and valid: all faults of a file are reported together when it is read. Classes that a file names are looked up then, too,
 * and first used when a cache needs them.
 */
public final class ConfigurationFile {

    private static final ConfigurationFile NONE = new ConfigurationFile(
            "no file", null, Map.of(), Map.of(), FyerConfiguration.builder().build());

    private final String source;
    private final @Nullable URI cluster;
    private final Map<String, FyerConfiguration<?, ?>> exact;
    /** The closest first: by the number of characters before the first star. */
    private final Map<NamePattern, FyerConfiguration<?, ?>> templates;

    private final FyerConfiguration<?, ?> defaults;

    ConfigurationFile(
            String source,
            @Nullable URI cluster,
            Map<String, FyerConfiguration<?, ?>> exact,
            Map<NamePattern, FyerConfiguration<?, ?>> templates,
            FyerConfiguration<?, ?> defaults) {
        this.source = source;
        this.cluster = cluster;
        this.exact = Collections.unmodifiableMap(new LinkedHashMap<>(exact));
        Map<NamePattern, FyerConfiguration<?, ?>> closestFirst = new LinkedHashMap<>();
        templates.keySet().stream()
                .sorted(Comparator.comparingInt(
                                (NamePattern pattern) -> pattern.literalPrefix().length())
                        .reversed())
                .forEach(pattern -> {
                    FyerConfiguration<?, ?> template = templates.get(pattern);
                    if (template != null) {
                        closestFirst.put(pattern, template);
                    }
                });
        this.templates = Collections.unmodifiableMap(closestFirst);
        this.defaults = defaults;
    }

    /** Returns what a manager without a file has: no caches, and the defaults for all. */
    public static ConfigurationFile none() {
        return NONE;
    }

    /**
     * Reads the file of a manager, with placeholders from environment variables and, second, system properties.
     *
     * @param location the URI of the manager, as {@link ManagerLocation#of} takes it; null for the default one
     * @param loader finds the file, where it is on the class path, and the classes that it names
     * @throws CacheException if the location is not ours, if the file that it names is not there or cannot be read, or, as a
     *     {@link ConfigurationFileException}, if the file has faults
     */
    public static ConfigurationFile read(@Nullable URI location, ClassLoader loader) {
        return ManagerLocation.of(location).read(loader);
    }

    /**
     * Reads a file from bytes in UTF-8, UTF-16 or UTF-32, and closes the stream.
     *
     * @param sourceName what faults call the file
     * @param loader finds the classes that the file names
     * @param environment the values of placeholders by name, null for those that have none
     * @throws ConfigurationFileException if the file has faults
     * @throws CacheException if it cannot be read
     */
    public static ConfigurationFile parse(
            String sourceName, InputStream bytes, ClassLoader loader, Function<String, @Nullable String> environment) {
        return parse(sourceName, new YamlUnicodeReader(bytes), loader, environment);
    }

    /** Reads a file from text and closes the reader; otherwise as from bytes. */
    public static ConfigurationFile parse(
            String sourceName, Reader text, ClassLoader loader, Function<String, @Nullable String> environment) {
        try (text) {
            return new ConfigurationFileParser(sourceName, loader, environment).parse(text);
        } catch (IOException | UncheckedIOException unreadable) {
            throw new CacheException(
                    "configuration file " + sourceName + ": cannot be read (expected: text in UTF-8); check the file",
                    unreadable);
        }
    }

    /** Returns the URI of the cluster that keeps the entries of all caches; none if this process does. */
    public Optional<URI> cluster() {
        return Optional.ofNullable(cluster);
    }

    /** Returns the names that have an entry of their own, in the order of the file: the caches that exist from the start. */
    public Set<String> declaredCaches() {
        return exact.keySet();
    }

    /** Returns the configuration of a name: its own entry, else its {@linkplain #templateFor template}. */
    public Optional<FyerConfiguration<?, ?>> configurationFor(String cacheName) {
        return find(cacheName).map(FyerConfiguration::settled);
    }

    /** Returns what the file says of a name, of which code may say more. */
    private Optional<FyerConfiguration<?, ?>> find(String cacheName) {
        FyerConfiguration<?, ?> own = exact.get(cacheName);
        return own == null ? findTemplate(cacheName) : Optional.of(own);
    }

    /** Returns the entry of the closest pattern that matches a name: the one with most characters before its first star. */
    public Optional<FyerConfiguration<?, ?>> templateFor(String cacheName) {
        return findTemplate(cacheName).map(FyerConfiguration::settled);
    }

    private Optional<FyerConfiguration<?, ?>> findTemplate(String cacheName) {
        for (Map.Entry<NamePattern, FyerConfiguration<?, ?>> template : templates.entrySet()) {
            if (template.getKey().matches(cacheName)) {
                return Optional.of(template.getValue());
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the configuration of a cache that code creates.
     *
     * <p>A {@link FyerConfiguration} says everything and is returned as it is. Any other configuration settles what JSR-107 defines; what it
     * cannot say (maxima, load options, writing behind, reading near, serialization, eviction listener, queue) comes from the entry of the name, else from its
     * template, else from {@code defaults}.
     *
     * @throws InvalidConfigurationException if the settings from code are at odds
     */
    public <K, V> FyerConfiguration<K, V> complete(String cacheName, Configuration<K, V> fromCode) {
        FyerConfiguration<K, V> standard = FyerConfiguration.from(fromCode);
        if (standard == fromCode) {
            return standard;
        }
        FyerConfiguration<?, ?> fromFile = find(cacheName).orElse(defaults);
        return new FyerConfiguration<K, V>(standard.values().withExtensionsOf(fromFile.values())).settled();
    }

    /**
     * Returns the configuration of a cache that whoever manages the process describes. What is not said comes from the entry of the name, else from its
     * template, else from {@code defaults}.
     *
     * @param settings what may stand below a cache's name in a file, as JSON or YAML. No objects are made of classes that it names
     * @param loader finds the types that are named
     * @throws InvalidConfigurationException if the settings have faults; it lists all of them
     */
    public FyerConfiguration<?, ?> describe(String cacheName, String settings, ClassLoader loader) {
        return RequestedSettings.read(settings, loader)
                .inheriting(find(cacheName).orElse(defaults));
    }

    @Override
    public String toString() {
        return "ConfigurationFile[" + source + ", caches " + exact.keySet() + ", patterns "
                + templates.keySet().stream().map(NamePattern::text).toList() + "]";
    }
}
