package io.fyercache.jdbc.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds what packages of distributions install. */
final class InstalledFile {

    /** No distribution puts it deeper. */
    private static final int DEPTH = 3;

    private InstalledFile() {}

    /**
     * The first that exists, in the directories of the {@code PATH} and in these; of several versions the newest.
     *
     * @param name the name, or a glob
     * @param places directories, searched with those below them
     * @throws IllegalStateException if there is none, saying what to install
     */
    static Path find(String name, List<String> places, String product, String installs) {
        List<Path> found = new ArrayList<>();
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
        for (String place : System.getenv("PATH").split(File.pathSeparator, -1)) {
            add(found, Path.of(place), 1, matcher);
        }
        places.forEach(place -> add(found, Path.of(place), DEPTH, matcher));
        if (found.isEmpty()) {
            throw new IllegalStateException(name + ": not found (expected: on the PATH or below " + places + "); "
                    + installs + ", or leave this database out by -Ddatabases.without=" + product);
        }
        return found.get(0);
    }

    private static void add(List<Path> found, Path place, int depth, PathMatcher matcher) {
        if (!Files.isDirectory(place)) {
            return;
        }
        try (Stream<Path> below = Files.walk(place, depth)) {
            below.filter(file -> matcher.matches(file.getFileName()) && Files.isReadable(file))
                    .sorted(Comparator.reverseOrder())
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
