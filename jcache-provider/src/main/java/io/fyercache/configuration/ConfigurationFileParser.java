package io.fyercache.configuration;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads one file: its top level, then every cache with what it inherits. For one thread and one file. */
final class ConfigurationFileParser {

    /** The keys of the top level. */
    static final List<String> TOP_LEVEL = List.of("caches", "cluster", "defaults");

    /** Patterns with the same beginning, which are compared pair by pair. */
    static final int MAXIMUM_PATTERNS = 1_000;

    private static final String ROOT = "(file)";

    /** Stands for a section that the file does not have. */
    private static final Node NOTHING = new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);

    private final String source;
    private final FaultLog faults;
    private final ScalarReader scalars;
    private final SectionReader reader;
    private final Map<String, Section> caches = new LinkedHashMap<>();
    private @Nullable Section defaults;
    private @Nullable URI cluster;

    ConfigurationFileParser(String source, ClassLoader loader, Function<String, @Nullable String> environment) {
        this.source = source;
        this.faults = new FaultLog(source);
        this.scalars = new ScalarReader(environment, loader, SettingsSource.FILE, faults);
        this.reader = new SectionReader(scalars, faults);
    }

    /**
     * Returns the file.
     *
     * @throws ConfigurationFileException if the text has faults
     */
    ConfigurationFile parse(Reader text) throws IOException {
        Node root = YamlDocument.read(source, text, faults);
        if (root != null) {
            readTopLevel(root);
        }
        ConfigurationFile file = assemble();
        faults.throwIfAny();
        return file;
    }

    private void readTopLevel(Node root) {
        reader.forEachEntry(root, ROOT, "a map with caches, cluster and defaults", (key, keyNode, value) -> {
            switch (key) {
                case "caches" -> reader.forEachEntry(value, key, "a map from cache names to settings", this::readCache);
                case "cluster" -> cluster = new ClusterReader(scalars, reader, faults).read(key, value);
                case "defaults" -> {
                    Section section = new Section(keyNode);
                    reader.read(value, Vocabulary.OF_CACHE, key, section);
                    defaults = section;
                }
                default ->
                    faults.add(
                            keyNode,
                            key,
                            "unknown key",
                            "one of " + String.join(", ", TOP_LEVEL),
                            Vocabulary.OF_CACHE.keys().contains(key)
                                    ? "put it under defaults, or under a cache"
                                    : NearestName.of(key, TOP_LEVEL)
                                            .map(nearest -> "did you mean " + nearest + "?")
                                            .orElse("put names of caches under caches"));
            }
        });
    }

    private void readCache(String name, ScalarNode nameNode, Node settings) {
        Section section = new Section(nameNode);
        reader.read(settings, Vocabulary.OF_CACHE, pathOf(name), section);
        caches.put(name, section);
    }

    private static String pathOf(String cache) {
        return "caches." + cache;
    }

    private ConfigurationFile assemble() {
        Section inherited = defaults == null ? new Section(NOTHING) : defaults;
        Set<SettingRules.Violation> known = new HashSet<>();
        SettingValues ofUnlisted = new Section(NOTHING).inheriting(inherited.values());
        for (SettingRules.Violation violation : SettingRules.conflictsOf(ofUnlisted, inherited.unreadable())) {
            if (!dependsOnCode(violation.setting())) {
                known.add(violation);
                report(violation, inherited, "defaults");
            }
        }
        Map<String, FyerConfiguration<?, ?>> exact = new LinkedHashMap<>();
        Map<NamePattern, FyerConfiguration<?, ?>> templates = new LinkedHashMap<>();
        caches.forEach((name, section) -> {
            SettingValues values = section.inheriting(inherited.values());
            Set<Setting<?>> unreadable = new HashSet<>(inherited.unreadable());
            unreadable.addAll(section.unreadable());
            for (SettingRules.Violation violation : SettingRules.conflictsOf(values, unreadable)) {
                boolean isOpen = isLeftOpen(violation.setting(), name, section);
                if (!known.contains(violation) && !isOpen) {
                    report(violation, section, pathOf(name));
                }
            }
            FyerConfiguration<?, ?> configuration = new FyerConfiguration<>(values.withDefaults());
            if (NamePattern.isPattern(name)) {
                templates.put(new NamePattern(name), configuration);
            } else {
                exact.put(name, configuration);
            }
        });
        checkAmbiguity(List.copyOf(templates.keySet()));
        return new ConfigurationFile(
                source, cluster, exact, templates, new FyerConfiguration<>(ofUnlisted.withDefaults()));
    }

    /** Tells whether only a cache, with what code says of it, can be at odds with a setting from the defaults. */
    private static boolean dependsOnCode(Setting<?> setting) {
        return StandardSettings.ALL.contains(setting) || setting == CacheSettings.WRITE_BEHIND_DELAY;
    }

    /** Tells whether a setting may be at odds with a section, as code may have the caches write, or they need not use what they inherit. */
    private static boolean isLeftOpen(Setting<?> setting, String name, Section section) {
        return setting == CacheSettings.WRITE_BEHIND_DELAY
                && (NamePattern.isPattern(name) || !section.mentions(setting));
    }

    private void report(SettingRules.Violation violation, Section section, String path) {
        String value = section.mentions(violation.setting()) ? violation.value() : violation.value() + " from defaults";
        faults.add(
                section.placeOf(Optional.of(violation.setting())),
                path + "." + violation.setting().path(),
                value,
                violation.expectation(),
                violation.remedy());
    }

    private void checkAmbiguity(List<NamePattern> patterns) {
        Map<String, List<NamePattern>> byPrefix = new HashMap<>();
        for (NamePattern pattern : patterns) {
            List<NamePattern> before = byPrefix.computeIfAbsent(pattern.literalPrefix(), prefix -> new ArrayList<>());
            if (before.size() == MAXIMUM_PATTERNS) {
                faults.add(
                        placeOf(pattern),
                        pathOf(pattern.text()),
                        "pattern " + (MAXIMUM_PATTERNS + 1) + " with this beginning",
                        "at most " + MAXIMUM_PATTERNS,
                        "use fewer patterns");
                return;
            }
            before.stream()
                    .filter(pattern::isAmbiguousWith)
                    .findFirst()
                    .ifPresent(other -> faults.add(
                            placeOf(pattern),
                            pathOf(pattern.text()),
                            "matches names that " + other.text() + " matches too",
                            "one closest pattern for each name: the one with more characters before its first *",
                            "lengthen the beginning of one, or name the caches exactly"));
            before.add(pattern);
        }
    }

    private Node placeOf(NamePattern pattern) {
        Section section = caches.get(pattern.text());
        return section == null ? NOTHING : section.placeOf(Optional.empty());
    }
}
