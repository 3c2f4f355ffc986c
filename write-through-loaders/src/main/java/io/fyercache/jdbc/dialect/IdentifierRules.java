package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.Identifier;
import io.fyercache.jdbc.mapping.TableName;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a database quotes names and folds those without quotes.
 *
 * @param quote what opens and closes a quoted name
 * @param folding the case of names that were written without quotes
 */
public record IdentifierRules(String quote, Folding folding) {

    /** The case that a database gives to names without quotes. */
    public enum Folding {
        /** As the SQL standard says; H2, Oracle. */
        UPPER,
        /** PostgreSQL. */
        LOWER,
        /** Names stay as they are written; MariaDB, SQL Server. */
        NONE
    }

    /** The standard's: double quotes, upper case. */
    public static final IdentifierRules STANDARD = new IdentifierRules("\"", Folding.UPPER);

    /** Checks the quote. */
    public IdentifierRules {
        if (quote.isBlank()) {
            throw new IllegalArgumentException(
                    "quote: blank (expected: a character that quotes names); use a dialect of your own");
        }
    }

    /** PostgreSQL's. */
    public static final IdentifierRules POSTGRESQL = new IdentifierRules("\"", Folding.LOWER);

    /** MariaDB's, and MySQL's. */
    public static final IdentifierRules MARIADB = new IdentifierRules("`", Folding.NONE);

    /** The rules that a driver reports. */
    public static IdentifierRules of(DatabaseMetaData metaData) throws SQLException {
        Folding folding = Folding.NONE;
        if (metaData.storesUpperCaseIdentifiers()) {
            folding = Folding.UPPER;
        } else if (metaData.storesLowerCaseIdentifiers()) {
            folding = Folding.LOWER;
        }
        return new IdentifierRules(metaData.getIdentifierQuoteString(), folding);
    }

    /** The name as statements have it: folded unless exact, then quoted, quotes inside it doubled. */
    public String quote(Identifier identifier) {
        return quote + fold(identifier).replace(quote, quote + quote) + quote;
    }

    /** The table's name as statements have it. */
    public String quote(TableName table) {
        return table.path().stream().map(this::quote).collect(Collectors.joining("."));
    }

    /** The name as the database keeps it, without quotes. */
    public String fold(Identifier identifier) {
        String name = identifier.name();
        if (identifier.spelling() == Identifier.Spelling.EXACT) {
            return name;
        }
        return switch (folding) {
            case UPPER -> name.toUpperCase(Locale.ROOT);
            case LOWER -> name.toLowerCase(Locale.ROOT);
            case NONE -> name;
        };
    }
}
