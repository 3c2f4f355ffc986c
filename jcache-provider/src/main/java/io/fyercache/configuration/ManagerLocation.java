package io.fyercache.configuration;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The URI of a cache manager, understood: which manager it is, and where its configuration file is.
 *
 * <table>
 * <caption>Forms</caption>
 * <tr><th>URI</th><th>manager and file</th></tr>
 * <tr><td>null, {@code fyercache:default}</td><td>the default manager, with {@code fyercache.yaml} if the class path has one</td></tr>
 * <tr><td>{@code fyercache:orders}, {@code orders}</td><td>a manager of this name, with {@code fyercache.yaml} likewise</td></tr>
 * <tr><td>{@code classpath:caches/orders.yaml}</td><td>a manager with this file of the class path, which must exist</td></tr>
 * <tr><td>{@code file:/etc/orders.yaml}, {@code conf/orders.yaml}</td><td>a manager with this file, which must exist</td></tr>
 * <tr><td>{@code jar:file:/app.jar!/orders.yaml}</td><td>a manager with this file inside of a jar, which must exist</td></tr>
 * </table>
 *
 * <p>Immutable. Two are equal when their {@link #uri()} is.
 */
public final class ManagerLocation {

    /** The URI of the manager that nobody named. */
    public static final URI DEFAULT_URI = URI.create("fyercache:default");

    /** The file of managers whose URI names none. */
    public static final String DEFAULT_FILE = "fyercache.yaml";

    private static final String EXPECTATION =
            "a name, fyercache:name, or the location of a .yaml file as path, file:, classpath:, or jar:file:";

    /** No character that an MBean's name or a file system could take amiss. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    /** What looks like a file that other providers read, and not like a name. */
    private static final Pattern FOREIGN_FILE = Pattern.compile(".*\\.(xml|json|properties|conf|config|groovy|toml)");

    /** Jars that are at hand; others would have to be fetched. */
    private static final Pattern LOCAL_JAR = Pattern.compile("jar:(file|nested):.*");

    /** What separates the parts of an MBean's name, or makes it a pattern. */
    private static final Map<String, String> UNSAFE_IN_MBEAN_NAMES =
            Map.of(",", "%2C", "=", "%3D", "*", "%2A", "?", "%3F");

    private enum Kind {
        NAME,
        CLASS_PATH,
        PATH,
        JAR
    }

    private final URI given;
    private final URI uri;
    private final Kind kind;

    private ManagerLocation(URI given, Kind kind) {
        this.given = given;
        this.kind = kind;
        String safe = given.toString();
        for (Map.Entry<String, String> unsafe : UNSAFE_IN_MBEAN_NAMES.entrySet()) {
            safe = safe.replace(unsafe.getKey(), unsafe.getValue());
        }
        this.uri = URI.create(safe);
    }

    /**
     * Returns the location that a URI stands for; null stands for {@link #DEFAULT_URI}.
     *
     * @throws CacheException if the URI has none of our forms, such as the location of another provider's configuration
     */
    public static ManagerLocation of(@Nullable URI given) {
        if (given == null) {
            return new ManagerLocation(DEFAULT_URI, Kind.NAME);
        }
        String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
        String rest = given.getSchemeSpecificPart();
        boolean isYaml = rest.endsWith(".yaml") || rest.endsWith(".yml");
        return switch (scheme) {
            case "" -> isYaml ? new ManagerLocation(given, Kind.PATH) : named(given, given.toString());
            case "fyercache" -> named(given, rest);
            case "classpath" -> located(given, Kind.CLASS_PATH, isYaml);
            case "file" -> located(given, Kind.PATH, isYaml);
            case "jar" ->
                located(
                        given,
                        Kind.JAR,
                        isYaml && LOCAL_JAR.matcher(given.toString()).matches());
            default -> throw refused(given);
        };
    }

    private static ManagerLocation named(URI given, String name) {
        if (!NAME.matcher(name).matches() || FOREIGN_FILE.matcher(name).matches()) {
            throw refused(given);
        }
        return new ManagerLocation(given, Kind.NAME);
    }

    private static ManagerLocation located(URI given, Kind kind, boolean isOurs) {
        if (!isOurs) {
            throw refused(given);
        }
        return new ManagerLocation(given, kind);
    }

    private static CacheException refused(URI given) {
        return new CacheException(
                "cache manager URI: " + given + " (expected: " + EXPECTATION
                        + "); if it is the configuration of another JCache provider, choose that provider, or give FyerCache a URI of its own");
    }

    /** Returns the URI of the manager, free of the characters {@code , = * ?} so that it can be part of an MBean's name. */
    public URI uri() {
        return uri;
    }

    /**
     * Reads the configuration file; without one, managers that only have a name get {@link ConfigurationFile#none()}.
     *
     * @param loader finds the file, where it is on the class path, and the classes that it names
     * @throws CacheException if a file that the URI names is not there or cannot be read, or, as a
     *     {@link ConfigurationFileException}, if the file has faults
     */
    public ConfigurationFile read(ClassLoader loader) {
        try {
            return switch (kind) {
                case NAME -> {
                    URL resource = loader.getResource(DEFAULT_FILE);
                    yield resource == null ? ConfigurationFile.none() : parse(DEFAULT_FILE, open(resource), loader);
                }
                case CLASS_PATH -> {
                    String name = resourceName();
                    URL resource = loader.getResource(name);
                    if (resource == null) {
                        throw missing("a resource " + name + " on the class path", null);
                    }
                    yield parse(given.toString(), open(resource), loader);
                }
                case PATH -> parse(given.toString(), Files.newInputStream(path()), loader);
                case JAR -> parse(given.toString(), open(jar()), loader);
            };
        } catch (FileNotFoundException | NoSuchFileException absent) {
            throw missing("an existing file", absent);
        } catch (IOException unreadable) {
            throw missing("a file that can be read", unreadable);
        }
    }

    private static ConfigurationFile parse(String name, InputStream bytes, ClassLoader loader) {
        return ConfigurationFile.parse(name, bytes, loader, Placeholders::fromProcess);
    }

    /** Opens a resource without the JVM's cache of jars, which would keep a replaced jar open. */
    private static InputStream open(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private String resourceName() {
        String name = given.getSchemeSpecificPart();
        int start = 0;
        while (start < name.length() && name.charAt(start) == '/') {
            start++;
        }
        return name.substring(start);
    }

    private Path path() {
        boolean isRelative = given.getScheme() == null || given.isOpaque();
        try {
            return isRelative
                    ? Path.of(given.getSchemeSpecificPart())
                    : Path.of(new URI("file", null, given.getPath(), null));
        } catch (IllegalArgumentException | URISyntaxException notAPath) {
            throw missing("the path of a file", notAPath);
        }
    }

    private URL jar() {
        try {
            return given.toURL();
        } catch (MalformedURLException | IllegalArgumentException notAUrl) {
            throw missing("the URL of a file in a jar", notAUrl);
        }
    }

    private CacheException missing(String expectation, @Nullable Exception cause) {
        return new CacheException(
                "configuration of the cache manager: " + given + " (expected: " + expectation
                        + "); correct the URI, put the file there, or leave the URI out for " + DEFAULT_FILE
                        + " on the class path",
                cause);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ManagerLocation that && uri.equals(that.uri);
    }

    @Override
    public int hashCode() {
        return uri.hashCode();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
