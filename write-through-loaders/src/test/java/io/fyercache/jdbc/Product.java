package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.dialect.IdentifierRules.Folding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A database that tests run on.
 *
 * <p>Whoever has not installed one fails, and may leave it out by name: {@code -Ddatabases.without=postgresql,mariadb}.
 */
public enum Product {
    H2,
    POSTGRESQL,
    MARIADB;

    /** Those that are not left out. */
    public static List<Product> all() {
        List<Product> without = Arrays.stream(
                        System.getProperty("databases.without", "").split(","))
                .filter(name -> !name.isEmpty())
                .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
        return Arrays.stream(values())
                .filter(product -> !without.contains(product))
                .toList();
    }

    IdentifierRules identifierRules() {
        return switch (this) {
            case H2 -> IdentifierRules.STANDARD;
            case POSTGRESQL -> new IdentifierRules("\"", Folding.LOWER);
            case MARIADB -> new IdentifierRules("`", Folding.NONE);
        };
    }

    /** A query for the whole numbers from 1 on, in column {@code x}. */
    String numbersTo(int last) {
        return switch (this) {
            case H2 -> "select x from system_range(1, " + last + ")";
            case POSTGRESQL -> "select x from generate_series(1, " + last + ") x";
            case MARIADB -> "select seq as x from seq_1_to_" + last;
        };
    }

    /** A condition that takes longer than any test waits. */
    String endlessCondition() {
        return switch (this) {
            case H2 -> "(select sum(sqrt(x)) from system_range(1, 1000000000000)) > 0";
            case POSTGRESQL -> "(select count(*) from pg_sleep(600)) > 0";
            case MARIADB -> "sleep(600) = 0";
        };
    }
}
