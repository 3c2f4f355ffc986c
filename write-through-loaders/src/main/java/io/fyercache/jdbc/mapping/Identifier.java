package io.fyercache.jdbc.mapping;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a schema, table or column, as SQL understands names.
 *
 * <p>A regular name (ASCII letters, digits, {@code _} and {@code $}, no leading digit) means what it would mean in a
 * statement without quotes: the database folds it to its own case. Any other name, and any name written in double
 * quotes, is taken to the letter. Statements always quote, after folding, so a reserved word ({@code order},
 * {@code value}) needs no care and a name can never become SQL.
 *
 * @param name the name without quotes
 * @param spelling whether the database's case folding applies
 */
public record Identifier(String name, Spelling spelling) {

    /** Whether a name is folded to the database's case. */
    public enum Spelling {
        /** As a name without quotes: {@code person} finds {@code PERSON} where the database stores upper case. */
        FOLDED,
        /** As a name in quotes: to the letter. */
        EXACT
    }

    /** The longest name taken, in characters: no database known to us allows more than 256. */
    public static final int MAX_LENGTH = 256;

    private static final Pattern REGULAR = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");

    /** Checks the name. */
    public Identifier {
        if (name.isEmpty() || name.length() > MAX_LENGTH || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("1.." + MAX_LENGTH + " characters, none of them NUL");
        }
    }

    /**
     * Reads one name as a user writes it: {@code person}, {@code "Person"}, {@code "with ""quotes"""},
     * {@code my column}.
     *
     * @throws IllegalArgumentException if the name is empty, longer than {@value #MAX_LENGTH} characters, holds NUL, or
     *     opens with a double quote and is not well quoted; the message is the expectation
     */
    public static Identifier parse(String written) {
        if (!written.startsWith("\"")) {
            Spelling spelling = REGULAR.matcher(written).matches() ? Spelling.FOLDED : Spelling.EXACT;
            return new Identifier(written, spelling);
        }
        boolean closed = written.length() >= 2 && written.endsWith("\"");
        String inner = closed ? written.substring(1, written.length() - 1) : "";
        String unescaped = inner.replace("\"\"", "");
        if (!closed || unescaped.indexOf('"') >= 0) {
            throw new IllegalArgumentException("a closing quote, and quotes inside written twice");
        }
        return new Identifier(inner.replace("\"\"", "\""), Spelling.EXACT);
    }

    /** Whether both certainly name the same thing in one database: folded names agree whatever their case. */
    public boolean sameAs(Identifier other) {
        return spelling == other.spelling && comparable().equals(other.comparable());
    }

    private String comparable() {
        return spelling == Spelling.FOLDED ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** The name as {@link #parse} reads it. */
    @Override
    public String toString() {
        boolean plain = spelling == Spelling.FOLDED;
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
