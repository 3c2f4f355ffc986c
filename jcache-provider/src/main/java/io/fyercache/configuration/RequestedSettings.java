package io.fyercache.configuration;

import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecLimits;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The settings of one cache as whoever manages a process sends them: what may stand below a cache's name in a file, as JSON or YAML, of which JSON is a
 * part. They name types, which the cache's class filter must permit, and no class that objects are made of. Placeholders have nothing to be
 * filled in with. For one thread.
 */
final class RequestedSettings {
    private static final String SOURCE = "request";

    /** What the reader puts before the name of a setting, and nobody has sent. */
    private static final String ROOT = "settings";

    private final FaultLog faults = new FaultLog(SOURCE);
    private final Section section;

    private RequestedSettings(String text, ClassLoader loader) {
        ScalarReader scalars = new ScalarReader(name -> null, loader, SettingsSource.REQUEST, faults);
        Node root = parse(text);
        section = root == null
                ? new Section(new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK))
                : new SectionReader(scalars, faults).read(root, Vocabulary.OF_CACHE, ROOT);
    }

    private @Nullable Node parse(String text) {
        try {
            return YamlDocument.read(SOURCE, new StringReader(text), faults);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Of a text in memory.
        }
    }

    /** Reads settings; what is wrong with them is told with whatever else is. */
    static RequestedSettings read(String text, ClassLoader loader) {
        return new RequestedSettings(text, loader);
    }

    /**
     * Returns the configuration of a cache of which this is said, and which inherits the rest.
     *
     * @throws InvalidConfigurationException with all faults, if there are any
     */
    FyerConfiguration<?, ?> inheriting(FyerConfiguration<?, ?> template) {
        SettingValues values = section.inheriting(template.values());
        for (SettingRules.Violation violation : SettingRules.conflictsOf(values, section.unreadable())) {
            // As in a file: a delay that is inherited means nothing to a cache that does not write.
            if (violation.setting() != CacheSettings.WRITE_BEHIND_DELAY || section.mentions(violation.setting())) {
                add(violation.setting(), violation.value(), violation.expectation(), violation.remedy());
            }
        }
        checkType(CacheSettings.KEY_TYPE, values);
        checkType(CacheSettings.VALUE_TYPE, values);
        throwIfAny();
        return new FyerConfiguration<>(values.withDefaults()).settled();
    }

    /**
     * Returns what is said as settings that are to change while the cache is used.
     *
     * @throws InvalidConfigurationException with all faults, if there are any
     */
    LiveSettings live() {
        Set<Setting<?>> off = new HashSet<>();
        for (Setting<?> setting : CacheSettings.ALL) {
            if (section.mentions(setting) && !LiveSettings.ALL.contains(setting)) {
                add(
                        setting,
                        "to be changed",
                        "one of those that can change while the cache is used: "
                                + String.join(", ", LiveSettings.names()),
                        "destroy the cache and define it anew");
            } else if (section.mentions(setting) && !section.values().states(setting)) {
                off.add(setting);
            }
        }
        throwIfAny();
        return new LiveSettings(section.values(), off);
    }

    private void checkType(Setting<Class<?>> setting, SettingValues values) {
        Class<?> type = values.get(setting);
        ClassFilter filter = Serialization.of(values).classFilter(CodecLimits.DEFAULT, List.of());
        if (section.mentions(setting) && type != setting.defaultValue() && !filter.permits(type)) {
            add(
                    setting,
                    type.getName(),
                    "a class that the cache's serialization permits",
                    "see serialization.admission and serialization.allowedClasses");
        }
    }

    private void add(Setting<?> setting, String value, String expectation, String remedy) {
        faults.add(section.placeOf(Optional.of(setting)), ROOT + "." + setting.path(), value, expectation, remedy);
    }

    private void throwIfAny() {
        List<ConfigurationFault> found = faults.faults().stream()
                .map(fault -> new ConfigurationFault(
                        null, named(fault.setting()), fault.value(), fault.expectation(), fault.remedy()))
                .toList();
        if (!found.isEmpty()) {
            throw new InvalidConfigurationException(found);
        }
    }

    private static String named(String path) {
        return path.startsWith(ROOT + ".") ? path.substring(ROOT.length() + 1) : ROOT;
    }
}
