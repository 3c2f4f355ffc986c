package io.fyercache.jdbc.mapping;

import io.fyercache.jdbc.fault.Faults;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns the settings of a builder into a mapping, or into the list of what is wrong with them. Used once. */
final class MappingResolution<K, V> {

    private static final String DEFAULT_KEY_COMPONENT = "id";

    private static final Set<Class<?>> VERSION_TYPES = Set.of(Integer.class, Long.class);

    private final EntityMapping.Builder<K, V> settings;
    private final Faults faults;
    private final @Nullable Shape keyShape;
    private final @Nullable Shape valueShape;

    MappingResolution(EntityMapping.Builder<K, V> settings, Faults faults) {
        this.settings = settings;
        this.faults = faults;
        this.keyShape = shapeOf("keyType", settings.keyType, settings.keyFunctions.isEmpty());
        this.valueShape =
                shapeOf("valueType", settings.valueType, settings.valueFunctions.isEmpty() && settings.reader == null);
    }

    @Nullable
    EntityMapping<K, V> resolve() {
        TableName name = tableName();
        List<Part> keyParts = keyParts();
        List<Part> valueParts = valueParts();
        List<Identifier> readOnly = readOnlyColumns();
        checkComponentNames();
        checkDistinct("keyColumn", names(keyParts));
        checkKeyTypes(keyParts);
        List<@Nullable Part> keyCopies = keyCopies(keyParts, valueParts);
        List<Part> others =
                valueParts.stream().filter(part -> !keyCopies.contains(part)).toList();
        List<Identifier> selected = new ArrayList<>(names(valueParts));
        selected.addAll(readOnly);
        checkDistinct("valueColumn", selected);
        Part version = version(others);
        if (!faults.isEmpty() || name == null) {
            return null;
        }
        Table table = new Table(
                name, columns(keyParts), columns(others), readOnly, version == null ? null : version.column());
        boolean described = !valueParts.isEmpty() || valueShape != null;
        return new EntityMapping<>(
                settings.keyType,
                settings.valueType,
                table,
                keyParts,
                new ValueParts(keyCopies, others, version, described),
                reader(table, valueParts),
                keyMaker());
    }

    private @Nullable TableName tableName() {
        if (settings.table == null) {
            faults.addMissing("table", "the name of a table", "call table(\"...\")");
            return null;
        }
        try {
            return TableName.parse(settings.table);
        } catch (IllegalArgumentException e) {
            faults.add("table", settings.table, expectationOf(e), "write it as in SQL: person, app.person, \"Person\"");
            return null;
        }
    }

    private List<Part> keyParts() {
        if (!settings.keyFunctions.isEmpty()) {
            return functionParts(settings.keyFunctions);
        }
        if (isSingleValue(settings.keyType)) {
            String column = settings.keyColumn == null ? defaultKeyColumn() : settings.keyColumn;
            if (column == null) {
                faults.addMissing(
                        "keyColumn",
                        "the column of a key that is a " + settings.keyType.getTypeName(),
                        "call keyColumn(\"...\")");
                return List.of();
            }
            return present(part("keyColumn", column, settings.keyType, key -> key));
        }
        if (settings.keyColumn != null) {
            faults.add(
                    "keyColumn",
                    settings.keyColumn,
                    "a key type that is a single value, not " + settings.keyType.getTypeName(),
                    "name the column of a record's component by column(component, column)");
        }
        if (keyShape == null) {
            addUndescribed(
                    "keyType", settings.keyType, "call keyColumn(column, type, function) for each of its columns");
            return List.of();
        }
        if (keyShape.properties().isEmpty()) {
            addUndescribed("keyType", settings.keyType, "give the record at least one component");
        }
        if (keyShape instanceof BeanShape bean && !bean.hasEqualsOfItsOwn()) {
            faults.add(
                    "keyType",
                    settings.keyType.getTypeName(),
                    "a class whose equals and hashCode compare content, as a cache's key needs",
                    "write both, or make it a record");
        }
        return shapeParts(keyShape);
    }

    private List<Part> valueParts() {
        if (!settings.valueFunctions.isEmpty()) {
            return functionParts(settings.valueFunctions);
        }
        if (isSingleValue(settings.valueType)) {
            if (settings.valueColumn != null) {
                return present(part("valueColumn", settings.valueColumn, settings.valueType, value -> value));
            }
            if (settings.reader == null) {
                faults.addMissing(
                        "valueColumn",
                        "the column of a value that is a " + settings.valueType.getTypeName(),
                        "call valueColumn(\"...\")");
            }
            return List.of();
        }
        if (settings.valueColumn != null) {
            faults.add(
                    "valueColumn",
                    settings.valueColumn,
                    "a value type that is a single value, not " + settings.valueType.getTypeName(),
                    "name the column of a record's component by column(component, column)");
        }
        if (valueShape != null) {
            return shapeParts(valueShape);
        }
        if (settings.reader == null) {
            addUndescribed(
                    "valueType",
                    settings.valueType,
                    "call valueColumn(column, type, function) for each of its columns, and reader(row -> ...)");
        }
        return List.of();
    }

    private @Nullable String defaultKeyColumn() {
        if (valueShape == null) {
            return null;
        }
        return valueShape.properties().stream()
                .filter(property -> property.name().equals(DEFAULT_KEY_COMPONENT))
                .filter(property -> ColumnTypes.wrapper(property.type()) == settings.keyType)
                .findFirst()
                .map(this::columnOf)
                .orElse(null);
    }

    private List<Part> functionParts(List<FunctionColumn> functions) {
        List<Part> parts = new ArrayList<>();
        for (FunctionColumn function : functions) {
            parts.addAll(present(part(function.setting(), function.column(), function.type(), function.from())));
        }
        return parts;
    }

    private List<Part> shapeParts(Shape shape) {
        List<Part> parts = new ArrayList<>();
        for (Property property : shape.properties()) {
            parts.addAll(present(part(
                    shape.type().getSimpleName() + "." + property.name(),
                    columnOf(property),
                    property.type(),
                    property::get)));
        }
        return parts;
    }

    private @Nullable Part part(String setting, String column, Class<?> type, Function<Object, @Nullable Object> from) {
        ColumnType<?> columnType = settings.columnTypes.find(type);
        if (columnType == null) {
            faults.add(
                    setting,
                    type.getTypeName(),
                    "a type that a column can hold",
                    "give its way by columnType(...), or describe the class by functions");
        }
        Identifier name = identifier(setting, column);
        return columnType == null || name == null ? null : new Part(new Column<>(name, columnType), type, from);
    }

    private String columnOf(Property property) {
        String given = settings.componentColumns.get(property.name());
        return given == null ? settings.naming.columnOf(property.name()) : given;
    }

    private @Nullable Identifier identifier(String setting, String written) {
        try {
            return Identifier.parse(written);
        } catch (IllegalArgumentException e) {
            faults.add(setting, written, expectationOf(e), "write the column as in SQL: born, \"Date of birth\"");
            return null;
        }
    }

    private List<Identifier> readOnlyColumns() {
        List<Identifier> names = new ArrayList<>();
        for (String written : settings.readOnlyColumns) {
            Identifier name = identifier("readOnlyColumns", written);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /** An override for a component that does not exist is a typing error that would otherwise pass in silence. */
    private void checkComponentNames() {
        Set<String> known = new HashSet<>();
        for (Shape shape : shapes()) {
            shape.properties().forEach(property -> known.add(property.name()));
        }
        for (String component : settings.componentColumns.keySet()) {
            if (!known.contains(component)) {
                faults.add(
                        "column",
                        component,
                        "a component or property of key or value, one of "
                                + known.stream().sorted().toList(),
                        "correct the name");
            }
        }
    }

    private void checkDistinct(String setting, List<Identifier> names) {
        for (int i = 0; i < names.size(); i++) {
            Identifier name = names.get(i);
            if (names.subList(0, i).stream().anyMatch(name::sameAs)) {
                faults.add(setting, name.toString(), "each column once", "remove or rename one of the two");
            }
        }
    }

    private void checkKeyTypes(List<Part> keyParts) {
        for (Part part : keyParts) {
            if (part.type().isArray()) {
                faults.add(
                        "keyColumn",
                        part.column() + " of " + part.type().getTypeName(),
                        "a type whose equals compares content, as a cache's key needs",
                        "use another key type, such as String or UUID");
            }
        }
    }

    private List<@Nullable Part> keyCopies(List<Part> keyParts, List<Part> valueParts) {
        List<@Nullable Part> copies = new ArrayList<>();
        for (Part key : keyParts) {
            Part copy =
                    valueParts.stream().filter(key::isSameColumnAs).findFirst().orElse(null);
            if (copy != null && ColumnTypes.wrapper(copy.type()) != ColumnTypes.wrapper(key.type())) {
                faults.add(
                        "valueColumn",
                        copy.column() + " as " + copy.type().getTypeName(),
                        key.type().getTypeName() + ", as in the key",
                        "give key and value the same type for the column that they share");
            }
            copies.add(copy);
        }
        return copies;
    }

    private @Nullable Part version(List<Part> others) {
        Identifier name = settings.versionColumn == null ? null : identifier("versionColumn", settings.versionColumn);
        if (name == null) {
            return null;
        }
        Part version = others.stream()
                .filter(part -> part.column().name().sameAs(name))
                .findFirst()
                .orElse(null);
        if (version == null || !VERSION_TYPES.contains(ColumnTypes.wrapper(version.type()))) {
            faults.add(
                    "versionColumn",
                    name + (version == null ? "" : " of " + version.type().getTypeName()),
                    "a column of the value, of int or long",
                    "give the value such a column");
        }
        return version;
    }

    private @Nullable RowReader<? extends V> reader(Table table, List<Part> valueParts) {
        if (settings.reader != null) {
            return settings.reader;
        }
        if (!settings.valueFunctions.isEmpty()) {
            return null;
        }
        int[] positions = valueParts.stream()
                .mapToInt(part -> positionOf(part, table.selectedColumns()))
                .toArray();
        if (valueShape != null) {
            return new ShapeReader<>(settings.valueType, valueShape, valueParts, positions);
        }
        Column<?> column = valueParts.get(0).column();
        return row -> settings.valueType.cast(column.read(row, positions[0]));
    }

    private @Nullable Function<List<?>, ? extends K> keyMaker() {
        if (settings.keyMaker != null || !settings.keyFunctions.isEmpty()) {
            return settings.keyMaker;
        }
        if (isSingleValue(settings.keyType)) {
            return values -> settings.keyType.cast(values.get(0));
        }
        return keyShape == null ? null : keyMakerOf(keyShape, settings.keyType);
    }

    private static <K> Function<List<?>, K> keyMakerOf(Shape shape, Class<K> type) {
        return values -> type.cast(shape.create(values.toArray()));
    }

    private static int positionOf(Part part, List<Identifier> selected) {
        for (int i = 0; i < selected.size(); i++) {
            if (selected.get(i).sameAs(part.column().name())) {
                return i + 1;
            }
        }
        throw new IllegalStateException("column " + part.column() + " is not selected");
    }

    /** A class that functions or a reader describe is no bean, whatever methods it has. */
    private @Nullable Shape shapeOf(String setting, Class<?> type, boolean mayBeBean) {
        try {
            if (type.isRecord()) {
                return RecordShape.of(type);
            }
            return mayBeBean ? BeanShape.of(type) : null;
        } catch (InaccessibleObjectException e) {
            faults.add(
                    setting,
                    type.getTypeName(),
                    "a class that reflection may read",
                    "open package " + type.getPackageName() + " to io.fyercache.jdbc in its module-info");
            return null;
        }
    }

    private List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        if (keyShape != null) {
            shapes.add(keyShape);
        }
        if (valueShape != null) {
            shapes.add(valueShape);
        }
        return shapes;
    }

    /** A user's own column type for a record makes the record a single value. */
    private boolean isSingleValue(Class<?> type) {
        return !type.isPrimitive() && settings.columnTypes.find(type) != null;
    }

    private void addUndescribed(String setting, Class<?> type, String remedy) {
        if (type.isRecord() && shapes().stream().noneMatch(shape -> shape.type() == type)) {
            return; // its fault is noted already
        }
        faults.add(setting, type.getTypeName(), "a record, a bean, or a type that a column can hold", remedy);
    }

    private static String expectationOf(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }

    private static List<Part> present(@Nullable Part part) {
        return part == null ? List.of() : List.of(part);
    }

    private static List<Identifier> names(List<Part> parts) {
        return parts.stream().map(part -> part.column().name()).toList();
    }

    private static List<Column<?>> columns(List<Part> parts) {
        List<Column<?>> columns = new ArrayList<>();
        parts.forEach(part -> columns.add(part.column()));
        return columns;
    }
}
