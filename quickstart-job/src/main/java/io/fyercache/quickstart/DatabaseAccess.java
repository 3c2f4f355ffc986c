package io.fyercache.quickstart;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * How other processes of this machine get to the job's database. It travels in a file that nobody else may read, so that the password stands in
 * no list of processes.
 *
 * @param url of the database, for JDBC
 */
record DatabaseAccess(String url, String user, String password) {
    /** The system property that names the file to a member. */
    static final String FILE_PROPERTY = "quickstart.database";

    private static final String URL = "url";
    private static final String USER = "user";
    private static final String PASSWORD = "password";

    /** Writes this to a file that exists and that only its owner may read. */
    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(URL, url);
        properties.setProperty(USER, user);
        properties.setProperty(PASSWORD, password);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Files.writeString(file, text.toString());
    }

    /**
     * Reads what the job that started this process has written.
     *
     * @throws IllegalStateException if this process was not started by the job
     */
    static DatabaseAccess ofThisProcess() {
        String file = System.getProperty(FILE_PROPERTY);
        if (file == null) {
            throw new IllegalStateException("system property " + FILE_PROPERTY
                    + ": not set (expected: the file that says where the database is; the quickstart sets it)");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE_PROPERTY + ": " + file + " cannot be read", e);
        }
        return new DatabaseAccess(
                properties.getProperty(URL), properties.getProperty(USER), properties.getProperty(PASSWORD));
    }

    /** Names no password. */
    @Override
    public String toString() {
        return "DatabaseAccess[" + url + ", user " + user + "]";
    }
}
