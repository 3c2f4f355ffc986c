package io.fyercache.jdbc.mapping;

import io.fyercache.jdbc.fault.Faults;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A mapping described by names and types alone, which travel.
 *
 * @param componentColumns sorted, as two processes that say the same in a cluster have to send the same bytes
 */
record DescribedMapping<K, V>(
        Class<K> keyType,
        Class<V> valueType,
        @Nullable String table,
        @Nullable String keyColumn,
        @Nullable String valueColumn,
        @Nullable String versionColumn,
        SortedMap<String, String> componentColumns,
        List<String> readOnlyColumns,
        Naming naming)
        implements MappingSource<K, V> {

    /** The namings that need no code of the user's. */
    private enum Naming {
        SNAKE_CASE,
        AS_IS
    }

    /** Of a builder's settings; notes a fault for each of those that cannot travel. */
    static <K, V> DescribedMapping<K, V> of(EntityMapping.Builder<K, V> settings, Faults faults) {
        refuse(faults, "keyColumn", !settings.keyFunctions.isEmpty(), "a function");
        refuse(faults, "valueColumn", !settings.valueFunctions.isEmpty(), "a function");
        refuse(faults, "reader", settings.reader != null, "a function");
        refuse(faults, "columnType", settings.columnTypes != ColumnTypes.standard(), "an object of this JVM");
        boolean asIs = settings.naming == ColumnNaming.AS_IS;
        refuse(faults, "naming", !asIs && settings.naming != ColumnNaming.SNAKE_CASE, "a function");
        return new DescribedMapping<>(
                settings.keyType,
                settings.valueType,
                settings.table,
                settings.keyColumn,
                settings.valueColumn,
                settings.versionColumn,
                new TreeMap<>(settings.componentColumns),
                List.copyOf(settings.readOnlyColumns),
                asIs ? Naming.AS_IS : Naming.SNAKE_CASE);
    }

    private static void refuse(Faults faults, String setting, boolean isSet, String what) {
        if (isSet) {
            faults.add(
                    setting,
                    what,
                    "what can be sent to another JVM: names and types",
                    "write a MappingSource, and give that to builder(...)");
        }
    }

    @Override
    public EntityMapping<K, V> mapping() {
        EntityMapping.Builder<K, V> builder = EntityMapping.builder(keyType, valueType);
        builder.table = table;
        builder.keyColumn = keyColumn;
        builder.valueColumn = valueColumn;
        builder.versionColumn = versionColumn;
        componentColumns.forEach(builder::column);
        builder.readOnlyColumns.addAll(readOnlyColumns);
        builder.naming(naming == Naming.AS_IS ? ColumnNaming.AS_IS : ColumnNaming.SNAKE_CASE);
        return builder.build();
    }
}
