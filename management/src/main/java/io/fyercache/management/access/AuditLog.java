package io.fyercache.management.access;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Notes who has changed what, or tried to: a line each in the log {@value #NAME}, at the level INFO. Values are not in it. Thread-safe.
 */
public final class AuditLog {
    /** The name of the log, by which it can be sent to a file of its own. */
    public static final String NAME = "io.fyercache.management.audit";

    /** Characters of each part of a line: a caller must not fill the disk by one request. */
    private static final int MAX_PART = 256;

    private static final Logger LOGGER = System.getLogger(NAME);

    /** Makes a log; all write to the same one. */
    public AuditLog() {}

    /**
     * Notes a change.
     *
     * @param action what was asked for
     * @param target what it was asked for
     * @param outcome what has become of it
     */
    public void note(Caller caller, String action, String target, String outcome) {
        LOGGER.log(
                Level.INFO,
                "{0} ({1}): {2} {3}: {4}",
                plain(caller.name()),
                caller.role().text(),
                plain(action),
                plain(target),
                plain(outcome));
    }

    /** A caller's text must not look like a line of its own. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), MAX_PART));
        text.codePoints().limit(MAX_PART).forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.LINE_SEPARATOR) {
                plain.append('?');
            } else {
                plain.appendCodePoint(point);
            }
        });
        return plain.toString();
    }
}
