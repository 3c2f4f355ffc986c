package io.fyercache.testkit.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is logged from when this is opened until it is closed: each with its level, its message, and the stack trace of what was thrown, if there is something.
 * Thread-safe.
 */
public final class LoggedLines implements AutoCloseable {
    private final SimpleFormatter format = new SimpleFormatter();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(text(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    /** With the levels that they had. They are kept, as those that nobody keeps are forgotten, with their handlers. */
    private final Map<Logger, @Nullable Level> loggers = new LinkedHashMap<>();

    private LoggedLines(Stream<String> names) {
        names.map(Logger::getLogger).forEach(logger -> {
            loggers.put(logger, logger.getLevel());
            logger.addHandler(handler);
        });
    }

    /** Listens to what a class logs. */
    public static LoggedLines of(Class<?> logging) {
        return of(logging.getName());
    }

    /** Listens to what a logger logs, and those below it, of what is on. */
    public static LoggedLines of(String logger) {
        return new LoggedLines(Stream.of(logger));
    }

    /** Listens to everything that loggers and those below them could log, however fine. All of them are below {@code ""}. */
    public static LoggedLines ofEverything(String... loggers) {
        LoggedLines all = new LoggedLines(Stream.of(loggers));
        all.loggers.keySet().forEach(logger -> logger.setLevel(Level.ALL));
        return all;
    }

    private String text(LogRecord line) {
        StringWriter text = new StringWriter();
        text.append(line.getLevel().toString()).append(' ').append(format.formatMessage(line));
        if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    /** Returns the lines so far. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        loggers.forEach((logger, level) -> {
            logger.removeHandler(handler);
            logger.setLevel(level);
        });
    }
}
