package io.fyercache.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The JSON Schema that the catalog of settings implies, as maps and lists. */
final class SchemaOfSettings {

    private static final String NULL = "null";
    private static final String OBJECT = "object";
    private static final Map<String, Object> REF_PLACEHOLDER = Map.of("$ref", "#/$defs/placeholder");

    private SchemaOfSettings() {}

    static Map<String, Object> file() {
        Map<String, Object> caches = new LinkedHashMap<>();
        caches.put(
                "description",
                "The caches by name; a name with * is a template for all names that match, the one with most characters before"
                        + " its first * first.");
        caches.put("type", List.of(OBJECT, NULL));
        caches.put("propertyNames", Map.of("minLength", 1));
        caches.put("additionalProperties", Map.of("$ref", "#/$defs/cache"));

        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("description", "What every cache inherits that does not say otherwise.");
        defaults.put("$ref", "#/$defs/cache");

        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put(
                "description",
                "The cluster that keeps the entries of all caches: its URI, such as zk://host:2181/orders?role=client, or a map"
                        + " of that uri and the settings that would be in its query.");
        Map<String, Object> uri = ordered("type", "string", "minLength", 1);
        Map<String, Object> setting = new LinkedHashMap<>();
        setting.put("type", List.of("string", "number", "boolean"));
        cluster.put(
                "anyOf",
                List.of(
                        uri,
                        ordered(
                                "type",
                                OBJECT,
                                "required",
                                List.of("uri"),
                                "properties",
                                Map.of("uri", uri),
                                "patternProperties",
                                Map.of("^[A-Za-z][A-Za-z0-9]*$", setting),
                                "additionalProperties",
                                false)));

        Map<String, Object> placeholder = new LinkedHashMap<>();
        placeholder.put(
                "description", "Text with ${NAME} or ${NAME:default}: an environment variable or a system property.");
        placeholder.put("type", "string");
        placeholder.put("pattern", "\\$\\{[A-Za-z_][A-Za-z0-9_.-]*(:[^{}]*)?\\}");

        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:io.fyercache:configuration");
        schema.put("title", "FyerCache configuration");
        schema.put("type", List.of(OBJECT, NULL));
        schema.put("additionalProperties", false);
        schema.put("properties", ordered("cluster", cluster, "defaults", defaults, "caches", caches));
        schema.put("$defs", ordered("cache", map(Vocabulary.OF_CACHE), "placeholder", placeholder));
        return schema;
    }

    private static Map<String, Object> map(Vocabulary vocabulary) {
        Map<String, Object> properties = new LinkedHashMap<>();
        vocabulary.settings().forEach((key, setting) -> properties.put(key, property(setting)));
        vocabulary.groups().forEach((key, group) -> properties.put(key, map(group)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", List.of(OBJECT, NULL));
        map.put("additionalProperties", false);
        map.put("properties", properties);
        return map;
    }

    private static <T> Map<String, Object> property(Setting<T> setting) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put(
                "description",
                setting.meaning() + " Expected: " + setting.type().expectation() + ".");
        if (setting.absence() == Setting.Absence.DEFAULT) {
            property.put("default", json(setting));
        }
        List<Map<String, Object>> forms = new ArrayList<>(forms(setting.type()));
        if (setting.absence() == Setting.Absence.OFF) {
            forms.add(Map.of("const", SectionReader.OFF));
        }
        if (forms.size() == 1) {
            property.putAll(forms.get(0));
        } else {
            property.put("anyOf", forms);
        }
        return property;
    }

    private static <T> Object json(Setting<T> setting) {
        T value = setting.defaultValue();
        boolean isBytes = setting.type() instanceof ValueType.ByteCount;
        return (value instanceof Number && !isBytes) || value instanceof Boolean || value instanceof List
                ? value
                : value instanceof java.util.Set ? List.of() : setting.type().print(value);
    }

    private static List<Map<String, Object>> forms(ValueType<?> type) {
        if (type instanceof ValueType.Flag) {
            return List.of(Map.of("type", "boolean"), REF_PLACEHOLDER);
        }
        if (type instanceof ValueType.Count count) {
            return List.of(integer(count.minimum(), count.maximum()), REF_PLACEHOLDER);
        }
        if (type instanceof ValueType.ByteCount bytes) {
            return List.of(
                    integer(bytes.minimum(), bytes.maximum()),
                    text("^" + ValueType.ByteCount.FORM_WITH_UNIT + "$"),
                    REF_PLACEHOLDER);
        }
        if (type instanceof ValueType.Address) {
            return List.of(text("^" + ValueType.Address.FORM + "$"), REF_PLACEHOLDER);
        }
        if (type instanceof ValueType.Share) {
            return List.of(ordered("type", "number", "exclusiveMinimum", 0, "exclusiveMaximum", 1), REF_PLACEHOLDER);
        }
        if (type instanceof ValueType.TimeSpan) {
            return List.of(text("^(" + DurationText.SHORT_FORM + "|PT?[0-9].*)$"), REF_PLACEHOLDER);
        }
        if (type instanceof ValueType.Choice<?> choice) {
            return List.of(Map.of("enum", choice.names()), REF_PLACEHOLDER);
        }
        if (type instanceof ValueType.Names names) {
            Map<String, Object> item = Map.of("anyOf", List.of(text("^" + names.form() + "$"), REF_PLACEHOLDER));
            return List.of(ordered("type", "array", "items", item));
        }
        if (type instanceof ValueType.Expiration) {
            return List.of(ordered("const", "eternal"), REF_PLACEHOLDER, expiry());
        }
        if (type instanceof ValueType.Listeners) {
            Map<String, Object> listener = map(Vocabulary.OF_LISTENER);
            listener.put("type", OBJECT);
            listener.put("required", List.of("class"));
            return List.of(ordered("type", "array", "uniqueItems", true, "items", listener));
        }
        return List.of(ordered("type", "string", "minLength", 1));
    }

    private static Map<String, Object> expiry() {
        Map<String, Object> expiry = map(Vocabulary.OF_EXPIRY);
        expiry.put("type", OBJECT);
        expiry.put("minProperties", 1);
        expiry.put(
                "anyOf",
                List.of(
                        Map.of("maxProperties", 1),
                        Map.of("propertyNames", Map.of("enum", List.of("creation", "update", "access")))));
        return expiry;
    }

    private static Map<String, Object> integer(long minimum, long maximum) {
        return ordered("type", "integer", "minimum", minimum, "maximum", maximum);
    }

    private static Map<String, Object> text(String pattern) {
        return ordered("type", "string", "pattern", pattern);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(Objects.toString(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }
}
