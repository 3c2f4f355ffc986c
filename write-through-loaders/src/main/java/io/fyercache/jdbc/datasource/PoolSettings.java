package io.fyercache.jdbc.datasource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.fyercache.jdbc.fault.Faults;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a pool of connections to one database.
 *
 * <pre>{@code
 * PoolSettings settings = PoolSettings.builder("people")
 *         .jdbcUrl("jdbc:h2:file:./people")
 *         .user("app")
 *         .password(Secret.ofEnvironment("PEOPLE_PASSWORD"))
 *         .maximumPoolSize(8)
 *         .build();
 * try (HikariDataSource dataSource = settings.open()) { ... }
 * }</pre>
 *
 * <p>Immutable and thread-safe. {@code toString} shows no password, nor the part of the URL that may hold one.
 */
public final class PoolSettings {

    /** 10 connections: HikariCP's own default. */
    public static final int DEFAULT_POOL_SIZE = 10;

    /** 1000 connections: a server process each on many databases; a larger figure is a typing error. */
    public static final int MAX_POOL_SIZE = 1000;

    /** 5 s: a cache's callers wait behind a load, so a pool that is exhausted has to say so sooner than HikariCP's 30 s. */
    public static final Duration DEFAULT_CONNECTION_TIMEOUT = Duration.ofSeconds(5);

    /** 250 ms: HikariCP refuses less. */
    public static final Duration MIN_CONNECTION_TIMEOUT = Duration.ofMillis(250);

    /** 10 min: whoever waits longer has given up. */
    public static final Duration MAX_CONNECTION_TIMEOUT = Duration.ofMinutes(10);

    /** User and password before the host, as some drivers take them. */
    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

    /** A password among the parameters, or after the user. */
    private static final Pattern PASSWORD =
            Pattern.compile("[?;&]\\w*(password|pwd)=|//[^/@]*:[^/@]*@", Pattern.CASE_INSENSITIVE);

    /** Parameters after the database: {@code ?password=} and {@code ;PASSWORD=}. */
    private static final Pattern PARAMETERS = Pattern.compile("[?;].*", Pattern.DOTALL);

    private final String name;
    private final String jdbcUrl;
    private final @Nullable String user;
    private final @Nullable Secret password;
    private final int maximumPoolSize;
    private final Duration connectionTimeout;

    private PoolSettings(Builder builder, String jdbcUrl) {
        this.name = builder.name;
        this.jdbcUrl = jdbcUrl;
        this.user = builder.user;
        this.password = builder.password;
        this.maximumPoolSize = builder.maximumPoolSize;
        this.connectionTimeout = builder.connectionTimeout;
    }

    /**
     * Starts settings.
     *
     * @param name the pool's name in logs and metrics
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * Opens a pool, which the caller closes after the caches that use it.
     *
     * @throws io.fyercache.jdbc.fault.InvalidSettingsException if no driver takes the URL
     * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException if the database does not answer; nothing
     *     stays open
     */
    public HikariDataSource open() {
        return open(maximumPoolSize);
    }

    /** As {@link #open()}, with another number of connections. */
    HikariDataSource open(int connections) {
        requireDriver();
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(jdbcUrl);
        if (user != null) {
            config.setUsername(user);
        }
        if (password != null) {
            config.setPassword(password.reveal());
        }
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(connectionTimeout.toMillis());
        return new HikariDataSource(config);
    }

    /** HikariCP says it too, with the whole URL. */
    private void requireDriver() {
        try {
            DriverManager.getDriver(jdbcUrl);
        } catch (SQLException e) {
            Faults faults = new Faults("PoolSettings of " + name);
            faults.add(
                    "jdbcUrl",
                    withoutSecrets(jdbcUrl),
                    "a URL that a JDBC driver here takes",
                    "add the driver of its database to the class path, or correct the URL");
            throw faults.exception();
        }
    }

    /** The pool's name in logs and metrics. */
    public String name() {
        return name;
    }

    int maximumPoolSize() {
        return maximumPoolSize;
    }

    /** {@code PoolSettings[name=people, jdbcUrl=jdbc:h2:file:./people, user=app, ...]}. */
    @Override
    public String toString() {
        return "PoolSettings[name=" + name + ", jdbcUrl=" + withoutSecrets(jdbcUrl) + ", user=" + user + ", password="
                + password + ", maximumPoolSize=" + maximumPoolSize + ", connectionTimeout=" + connectionTimeout + "]";
    }

    /** Whether part of a URL that is not shown looks like a password. */
    static boolean mayHoldPassword(String url) {
        return PASSWORD.matcher(url).find();
    }

    private static String withoutSecrets(String url) {
        String base = PARAMETERS.matcher(url).replaceFirst("");
        return USER_INFO.matcher(base).replaceFirst("//");
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private @Nullable String jdbcUrl;
        private @Nullable String user;
        private @Nullable Secret password;
        private int maximumPoolSize = DEFAULT_POOL_SIZE;
        private Duration connectionTimeout = DEFAULT_CONNECTION_TIMEOUT;

        private Builder(String name) {
            this.name = name;
        }

        /** The driver's URL of the database. Required. */
        public Builder jdbcUrl(String jdbcUrl) {
            this.jdbcUrl = jdbcUrl;
            return this;
        }

        /** The database's user. Default: what the URL says. */
        public Builder user(String user) {
            this.user = user;
            return this;
        }

        /** The user's password. Default: what the URL says, where it can be read by anyone who sees the URL. */
        public Builder password(Secret password) {
            this.password = password;
            return this;
        }

        /** The most connections, 1..1000. Default: 10. */
        public Builder maximumPoolSize(int maximumPoolSize) {
            this.maximumPoolSize = maximumPoolSize;
            return this;
        }

        /** How long a call waits for a connection, 250 ms to 10 min. Default: 5 s. */
        public Builder connectionTimeout(Duration connectionTimeout) {
            this.connectionTimeout = connectionTimeout;
            return this;
        }

        /**
         * The settings.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of them
         */
        public PoolSettings build() {
            return build(new Faults("PoolSettings"));
        }

        /** The settings, after whose faults those of a larger whole are known. */
        PoolSettings build(Faults faults) {
            if (name.isBlank()) {
                faults.add("name", "'" + name + "'", "a name that tells the pool apart in logs", "give one");
            }
            String url = jdbcUrl == null ? "" : jdbcUrl;
            if (jdbcUrl == null) {
                faults.addMissing("jdbcUrl", "the driver's URL of the database", "call jdbcUrl(\"jdbc:...\")");
            } else if (!url.startsWith("jdbc:")) {
                faults.add("jdbcUrl", withoutSecrets(url), "a URL that starts with jdbc:", "see the driver's manual");
            }
            if (maximumPoolSize < 1 || maximumPoolSize > MAX_POOL_SIZE) {
                faults.add(
                        "maximumPoolSize",
                        Integer.toString(maximumPoolSize),
                        "1.." + MAX_POOL_SIZE,
                        "choose what the database can serve at once");
            }
            if (connectionTimeout.compareTo(MIN_CONNECTION_TIMEOUT) < 0
                    || connectionTimeout.compareTo(MAX_CONNECTION_TIMEOUT) > 0) {
                faults.add(
                        "connectionTimeout",
                        connectionTimeout.toString(),
                        MIN_CONNECTION_TIMEOUT + ".." + MAX_CONNECTION_TIMEOUT,
                        "choose a duration in the range");
            }
            faults.throwIfAny();
            return new PoolSettings(this, url);
        }
    }
}
