package io.fyercache.configuration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads maps of settings by the catalog; every fault goes to the log and reading goes on. */
final class SectionReader {

    /** What an optional setting is given to turn it off although the defaults have it. */
    static final String OFF = "off";

    private final ScalarReader scalars;
    private final ExpiryReader expiry;
    private final FaultLog faults;

    SectionReader(ScalarReader scalars, FaultLog faults) {
        this.scalars = scalars;
        this.expiry = new ExpiryReader(this, scalars, faults);
        this.faults = faults;
    }

    /** Takes one entry of a map: a key that is new in it, and the value. */
    interface EntryReader {
        void read(String key, ScalarNode keyNode, Node value);
    }

    /** Reads what a node says into a section that stands for the node. */
    Section read(Node node, Vocabulary vocabulary, String path) {
        Section section = new Section(node);
        read(node, vocabulary, path, section);
        return section;
    }

    /** Reads what a node says into a section; a cache without settings has an empty node. */
    void read(Node node, Vocabulary vocabulary, String path, Section section) {
        forEachEntry(node, path, "a map of settings", (key, keyNode, value) -> {
            String entryPath = path + "." + key;
            Setting<?> setting = vocabulary.settings().get(key);
            Vocabulary group = vocabulary.groups().get(key);
            if (setting != null) {
                readSetting(setting, value, entryPath, section);
            } else if (group != null) {
                read(value, group, entryPath, section);
            } else {
                faults.add(
                        keyNode,
                        entryPath,
                        "unknown setting",
                        "one of " + String.join(", ", vocabulary.keys()),
                        vocabulary.remedyFor(key));
            }
        });
    }

    /** Calls a reader for every entry of a map with a text as its key, in their order. */
    void forEachEntry(Node node, String path, String expectation, EntryReader reader) {
        if (node.getTag().equals(Tag.NULL) || scalars.refusesTag(node, path)) {
            return;
        }
        if (!(node instanceof MappingNode map)) {
            faults.add(
                    node,
                    path,
                    ScalarReader.show(node),
                    expectation,
                    "write one \"key: value\" a line, indented below it");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple entry : map.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)
                    || key.getValue().isEmpty()) {
                faults.add(
                        entry.getKeyNode(),
                        path,
                        ScalarReader.show(entry.getKeyNode()),
                        "a name as the key",
                        "correct the key");
            } else if (!seen.add(key.getValue())) {
                faults.add(key, path + "." + key.getValue(), "stated again", "each key once", "remove one of the two");
            } else {
                reader.read(key.getValue(), key, entry.getValueNode());
            }
        }
    }

    private <T> void readSetting(Setting<T> setting, Node node, String path, Section section) {
        if (setting.absence() == Setting.Absence.OFF && scalars.says(OFF, node)) {
            section.turnOff(setting, node);
            return;
        }
        T value = value(setting, node, path);
        if (value == null) {
            section.stateUnreadably(setting, node);
        } else {
            section.state(setting, value, node);
        }
    }

    /** Returns the value at a node; null when it is a fault. */
    // The type of a setting's values is what its ValueType says, which the compiler cannot follow through instanceof.
    @SuppressWarnings("unchecked")
    private <T> @Nullable T value(Setting<T> setting, Node node, String path) {
        ValueType<T> type = setting.type();
        if (type instanceof ValueType.Scalar<T> scalar) {
            return scalars.scalar(setting, scalar, node, path);
        }
        if (type instanceof ValueType.TypeName) {
            return (T) scalars.type(setting, node, path);
        }
        if (type instanceof ValueType.Instance instance) {
            return (T) scalars.instance(setting, instance.role(), node, path);
        }
        if (type instanceof ValueType.Names names) {
            return (T) names(names, node, path);
        }
        if (type instanceof ValueType.Expiration) {
            return (T) expiry.read(node, path);
        }
        return (T) listeners(setting, node, path);
    }

    private @Nullable List<String> names(ValueType.Names type, Node node, String path) {
        if (scalars.refusesTag(node, path)) {
            return null;
        }
        if (!(node instanceof SequenceNode list)) {
            faults.add(node, path, ScalarReader.show(node), "a list of " + type.expectation(), "write it as [ a, b ]");
            return null;
        }
        List<String> names = new ArrayList<>();
        for (Node item : list.getValue()) {
            String itemPath = path + "[" + names.size() + "]";
            String name = scalars.text(item, itemPath, type.expectation(), "remove it from the list");
            if (name != null && !type.admits(List.of(name))) {
                faults.add(item, itemPath, name, type.expectation(), "remove it from the list");
            }
            names.add(name == null ? "" : name);
        }
        return type.admits(names) ? List.copyOf(names) : null;
    }

    private @Nullable Set<CacheEntryListenerConfiguration<?, ?>> listeners(Setting<?> setting, Node node, String path) {
        if (scalars.refusesTag(node, path)) {
            return null;
        }
        if (!(node instanceof SequenceNode list)) {
            faults.add(
                    node,
                    path,
                    ScalarReader.show(node),
                    setting.type().expectation(),
                    "write one \"- class: name\" a line");
            return null;
        }
        Set<CacheEntryListenerConfiguration<?, ?>> listeners = new LinkedHashSet<>();
        int index = 0;
        boolean readable = true;
        for (Node item : list.getValue()) {
            String itemPath = path + "[" + index++ + "]";
            CacheEntryListenerConfiguration<?, ?> listener = listener(item, itemPath);
            if (listener == null) {
                readable = false;
            } else if (!listeners.add(listener)) {
                faults.add(item, itemPath, "stated again", "each listener once", "remove one of the two");
                readable = false;
            }
        }
        return readable ? Collections.unmodifiableSet(listeners) : null;
    }

    // The classes are checked for their raw roles; which events they take only the cache can tell.
    @SuppressWarnings("unchecked")
    private @Nullable CacheEntryListenerConfiguration<?, ?> listener(Node node, String path) {
        Section section = read(node, Vocabulary.OF_LISTENER, path);
        SettingValues values = section.values();
        Factory<?> listener = values.stated(CacheSettings.LISTENER_CLASS);
        boolean isMap = node instanceof MappingNode || node.getTag().equals(Tag.NULL);
        if (isMap && !section.mentions(CacheSettings.LISTENER_CLASS)) {
            faults.add(
                    node,
                    path + ".class",
                    "nothing",
                    CacheSettings.LISTENER_CLASS.type().expectation(),
                    "name the class");
        }
        if (listener == null || !section.unreadable().isEmpty()) {
            return null;
        }
        return new MutableCacheEntryListenerConfiguration<>(
                (Factory<CacheEntryListener<Object, Object>>) listener,
                (Factory<CacheEntryEventFilter<Object, Object>>) values.stated(CacheSettings.LISTENER_FILTER),
                values.get(CacheSettings.LISTENER_OLD_VALUE),
                values.get(CacheSettings.LISTENER_SYNCHRONOUS));
    }
}
