package io.fyercache.jdbc.datasource;

import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.fault.InvalidSettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of data sources: properties in UTF-8, {@code name.setting=value}; see {@link DataSources}. It holds no password,
 * only where one is.
 *
 * <p>Read anew each time it is asked; keeps nothing.
 */
final class DataSourceFile {

    private static final String URL = "jdbcUrl";
    private static final String USER = "user";
    private static final String PASSWORD_VARIABLE = "password.environment";
    private static final String PASSWORD_FILE = "password.file";
    private static final String POOL_SIZE = "maximumPoolSize";
    private static final String TIMEOUT = "connectionTimeout";

    private static final List<String> SETTINGS =
            List.of(URL, USER, PASSWORD_VARIABLE, PASSWORD_FILE, POOL_SIZE, TIMEOUT);

    private final String place;
    private final Map<String, Map<String, String>> sources;

    private DataSourceFile(String place, Map<String, Map<String, String>> sources) {
        this.place = place;
        this.sources = sources;
    }

    /**
     * The file that a setting names, or else one on the class path; without any, one that is empty.
     *
     * @throws InvalidSettingsException if the setting names a file that cannot be read, or a line of it is unknown
     */
    static DataSourceFile find() {
        String named = System.getProperty(DataSources.FILE_PROPERTY);
        String resource = "classpath:" + DataSources.FILE_RESOURCE;
        try {
            if (named != null) {
                try (InputStream in = Files.newInputStream(Path.of(named))) {
                    return read(named, in);
                }
            }
            try (InputStream in = onClassPath()) {
                return in == null ? new DataSourceFile(resource, Map.of()) : read(resource, in);
            }
        } catch (IOException | IllegalArgumentException e) {
            if (e instanceof InvalidSettingsException known) {
                throw known;
            }
            Faults faults = new Faults("DataSources");
            faults.add(
                    DataSources.FILE_PROPERTY,
                    (named == null ? resource : named) + ", " + e.getClass().getSimpleName(),
                    "a readable file of properties",
                    "mend the system property, or the file");
            throw faults.exception();
        }
    }

    private static @Nullable InputStream onClassPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        InputStream found = context == null ? null : context.getResourceAsStream(DataSources.FILE_RESOURCE);
        return found == null
                ? DataSourceFile.class.getClassLoader().getResourceAsStream(DataSources.FILE_RESOURCE)
                : found;
    }

    private static DataSourceFile read(String place, InputStream in) throws IOException {
        Properties lines = new Properties();
        lines.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        Faults faults = new Faults(place);
        Map<String, Map<String, String>> sources = new TreeMap<>();
        for (String key : lines.stringPropertyNames()) {
            int dot = key.indexOf('.');
            String setting = key.substring(dot + 1);
            if (dot > 0 && SETTINGS.contains(setting)) {
                sources.computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
                        .put(setting, lines.getProperty(key).strip());
            } else {
                // Never the value: it may be a password.
                faults.add(key, "not known", "name.setting, with one of " + SETTINGS, "correct the line");
            }
        }
        faults.throwIfAny();
        return new DataSourceFile(place, sources);
    }

    /** Where it is, for messages. */
    String place() {
        return place;
    }

    Set<String> names() {
        return sources.keySet();
    }

    /**
     * The settings of a data source, {@code null} if there is none of that name.
     *
     * @throws InvalidSettingsException with every fault of its lines
     */
    @Nullable
    PoolSettings settings(String name) {
        Map<String, String> lines = sources.get(name);
        if (lines == null) {
            return null;
        }
        Faults faults = new Faults(place + ", " + name);
        PoolSettings.Builder builder = PoolSettings.builder(name);
        String url = lines.get(URL);
        if (url != null) {
            builder.jdbcUrl(url);
            if (PoolSettings.mayHoldPassword(url)) {
                faults.add(
                        name + "." + URL,
                        "a URL with a password",
                        "a URL without",
                        "name an environment variable or a file that holds it: " + PASSWORD_VARIABLE + ", "
                                + PASSWORD_FILE);
            }
        }
        String user = lines.get(USER);
        if (user != null) {
            builder.user(user);
        }
        Secret password = password(lines, faults, name);
        if (password != null) {
            builder.password(password);
        }
        String size = lines.get(POOL_SIZE);
        if (size != null) {
            builder.maximumPoolSize(parsed(size, faults, name));
        }
        String timeout = lines.get(TIMEOUT);
        if (timeout != null) {
            builder.connectionTimeout(duration(timeout, faults, name));
        }
        return builder.build(faults);
    }

    private static @Nullable Secret password(Map<String, String> lines, Faults faults, String name) {
        String variable = lines.get(PASSWORD_VARIABLE);
        String file = lines.get(PASSWORD_FILE);
        if (variable != null && file != null) {
            faults.add(name + "." + PASSWORD_FILE, "set beside " + PASSWORD_VARIABLE, "one of the two", "drop one");
            return null;
        }
        try {
            if (variable != null) {
                return Secret.ofEnvironment(variable);
            }
            return file == null ? null : Secret.ofFile(Path.of(file));
        } catch (InvalidSettingsException e) {
            e.faults()
                    .forEach(fault -> faults.add(
                            name + ".password",
                            fault.setting() + " " + fault.value(),
                            fault.expectation(),
                            fault.remedy()));
            return null;
        }
    }

    private static int parsed(String text, Faults faults, String name) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            faults.add(name + "." + POOL_SIZE, text, "a whole number", "correct the line");
            return PoolSettings.DEFAULT_POOL_SIZE;
        }
    }

    private static Duration duration(String text, Faults faults, String name) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            faults.add(name + "." + TIMEOUT, text, "a duration of ISO 8601, such as PT5S", "correct the line");
            return PoolSettings.DEFAULT_CONNECTION_TIMEOUT;
        }
    }
}
