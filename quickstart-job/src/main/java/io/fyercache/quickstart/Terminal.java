package io.fyercache.quickstart;

import java.util.Map;
import java.util.Properties;

/**
 * What the two output streams can show. The script finds out whether they are terminals, because a Java 17 program
 * cannot ask for one stream alone, and says so in system properties; the environment may ask for less.
 *
 * @param progress how progress is shown on standard error
 * @param ink how the report is written on standard output
 * @param columns the width of the terminal on standard error in characters, from 1
 */
record Terminal(Progress progress, Ink ink, int columns) {
    /** The width that every terminal has; the report is laid out for it. */
    static final int USUAL_COLUMNS = 80;

    private static final String STDERR_COLUMNS = "quickstart.stderr.columns";
    private static final String STDOUT = "quickstart.stdout";

    /** How progress is shown. */
    enum Progress {
        /** A bar that is redrawn in place. */
        BAR,
        /** A line when a step is done, and one now and then while it takes long. */
        LINES
    }

    /** How the report is written. */
    enum Ink {
        COLOR,
        PLAIN
    }

    /** Neither stream is a terminal. */
    static Terminal none() {
        return new Terminal(Progress.LINES, Ink.PLAIN, USUAL_COLUMNS);
    }

    /**
     * Reads what the script found ({@code quickstart.stderr.columns}: a width, set only for a terminal;
     * {@code quickstart.stdout}: {@code terminal}) and what the environment asks for: {@code NO_COLOR} (no-color.org),
     * {@code CI}, {@code TERM=dumb}.
     */
    static Terminal of(Properties properties, Map<String, String> environment) {
        boolean plainPlace = isSet(environment, "CI") || "dumb".equals(environment.get("TERM"));
        int columns = columns(properties.getProperty(STDERR_COLUMNS, ""));
        Progress progress = plainPlace || columns == 0 ? Progress.LINES : Progress.BAR;
        boolean colorless =
                plainPlace || isSet(environment, "NO_COLOR") || !"terminal".equals(properties.getProperty(STDOUT));
        return new Terminal(progress, colorless ? Ink.PLAIN : Ink.COLOR, columns == 0 ? USUAL_COLUMNS : columns);
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    /** Returns 0 where there is no terminal; a terminal that reports no width has the usual one. */
    private static int columns(String reported) {
        if (reported.isEmpty()) {
            return 0;
        }
        return reported.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(reported) : USUAL_COLUMNS;
    }

    String bold(String text) {
        return colored("1", text);
    }

    String green(String text) {
        return colored("32", text);
    }

    String red(String text) {
        return colored("1;31", text);
    }

    /** Wraps {@code text} in a Select Graphic Rendition sequence (ECMA-48, 8.3.117). */
    private String colored(String rendition, String text) {
        return ink == Ink.COLOR ? "\u001b[" + rendition + "m" + text + "\u001b[0m" : text;
    }
}
