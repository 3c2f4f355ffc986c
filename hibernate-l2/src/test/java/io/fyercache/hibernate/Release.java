package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * One release of an application: entities that are compiled from source, so that those of two releases may have one name. All are in the package {@code shop}.
 *
 * @param classes where the classes are
 */
record Release(Path classes) {
    private static final String HEAD = """
            package shop;

            import jakarta.persistence.*;
            import java.util.*;
            import org.hibernate.annotations.Cache;
            import org.hibernate.annotations.CacheConcurrencyStrategy;
            import org.hibernate.annotations.NaturalId;
            import org.hibernate.annotations.NaturalIdCache;

            """;

    /**
     * Compiles a release.
     *
     * @param folder for it alone
     * @param sources by the names of the classes, without the head of the file
     */
    static Release compiled(Path folder, Map<String, String> sources) throws IOException {
        Files.createDirectories(folder);
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey() + ".java");
            arguments.add(Files.writeString(file, HEAD + source.getValue()).toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).as("compiler's exit status").isZero();
        return new Release(folder);
    }

    /** Returns classes as one process has them, by a loader of its own, which stays open as long as they are used. */
    List<Class<?>> inAProcess(String... names) throws IOException, ClassNotFoundException {
        ClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, Release.class.getClassLoader());
        List<Class<?>> loaded = new ArrayList<>();
        for (String name : names) {
            loaded.add(loader.loadClass("shop." + name));
        }
        return loaded;
    }
}
