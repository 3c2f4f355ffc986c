package io.fyercache.configuration;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads the values that single words or numbers of a file stand for; every fault goes to the log. */
final class ScalarReader {

    /**
     * What YAML 1.2 gives to text, numbers, lists and maps by itself, and its reader to what looks like a variable of its own; a file has no use for
     * other tags.
     */
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP, Tag.ENV_TAG);

    private final Placeholders placeholders;
    private final ClassNames classes;
    private final SettingsSource origin;
    private final FaultLog faults;

    ScalarReader(
            Function<String, @Nullable String> environment,
            ClassLoader loader,
            SettingsSource origin,
            FaultLog faults) {
        this.placeholders = new Placeholders(environment);
        this.classes = new ClassNames(loader);
        this.origin = origin;
        this.faults = faults;
    }

    /** Returns what stands at a node, for a fault. */
    static String show(Node node) {
        if (node instanceof ScalarNode scalar) {
            return isNothing(scalar) ? "nothing" : scalar.getValue();
        }
        return node instanceof SequenceNode ? "a list" : "a map";
    }

    private static boolean isNothing(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL) || scalar.getValue().isEmpty();
    }

    /** Returns whether a node has a tag that names a type, which is a fault. */
    boolean refusesTag(Node node, String path) {
        if (PLAIN_TAGS.contains(node.getTag())) {
            return false;
        }
        faults.add(node, path, "tag " + node.getTag().getValue(), "a value without a tag", "remove the tag");
        return true;
    }

    /** Returns whether a node is a word, perhaps by a placeholder. */
    boolean says(String word, Node node) {
        return node instanceof ScalarNode scalar
                && (node.getTag().equals(Tag.STR) || node.getTag().equals(Tag.ENV_TAG))
                && placeholders.fill(scalar.getValue()).text().equals(word);
    }

    /** Returns the text at a node with its placeholders filled in; null when it is a fault. */
    @Nullable
    String text(Node node, String path, String expectation, String remedy) {
        if (refusesTag(node, path)) {
            return null;
        }
        if (!(node instanceof ScalarNode scalar) || isNothing(scalar)) {
            faults.add(node, path, show(node), expectation, remedy);
            return null;
        }
        Placeholders.Filled filled = placeholders.fill(scalar.getValue());
        if (filled.expectation().isPresent()) {
            faults.add(node, path, scalar.getValue(), filled.expectation().get(), filled.remedy());
            return null;
        }
        return filled.text();
    }

    /** Returns the value of a scalar type; null when it is a fault. */
    <T> @Nullable T scalar(Setting<T> setting, ValueType.Scalar<T> type, Node node, String path) {
        String text = text(node, path, type.expectation(), setting.remedy());
        if (text == null) {
            return null;
        }
        T value = type.parse(text);
        if (value == null || !type.admits(value)) {
            String told = type.told(text);
            faults.add(node, path, told.equals(text) ? shown(node, text) : told, type.expectation(), setting.remedy());
            return null;
        }
        return value;
    }

    /** Returns the class that a node names; null when it is a fault. */
    @Nullable
    Class<?> type(Setting<?> setting, Node node, String path) {
        String name = text(node, path, setting.type().expectation(), setting.remedy());
        return name == null ? null : orFault(classes.find(name), setting, node, path, name);
    }

    /** Returns a factory of the class that a node names; null when it is a fault. */
    @Nullable
    InstanceFactory<?> instance(Setting<?> setting, Class<?> role, Node node, String path) {
        String name = text(node, path, setting.type().expectation(), setting.remedy());
        if (name == null) {
            return null;
        } else if (origin == SettingsSource.REQUEST) {
            faults.add(
                    node,
                    path,
                    name,
                    "nothing, as no object is made of a class that a request names",
                    "name it in the configuration file, in a pattern that matches the cache's name");
            return null;
        }
        Class<?> type = orFault(classes.findInstantiable(name, role), setting, node, path, name);
        return type == null ? null : new InstanceFactory<>(type, role);
    }

    private @Nullable Class<?> orFault(
            ClassNames.Found found, Setting<?> setting, Node node, String path, String name) {
        if (found.type() == null) {
            faults.add(node, path, shown(node, name), setting.type().expectation(), found.remedy());
        }
        return found.type();
    }

    /** Returns a text, with the placeholders that it came from. */
    private static String shown(Node node, String text) {
        String written = show(node);
        return written.equals(text) ? text : (text.isEmpty() ? "nothing" : text) + " from " + written;
    }
}
