package io.fyercache.quickstart;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The classes of the running JDK, read from its {@code jrt:/} file system in the order of their paths: module by
 * module, package by package. Immutable.
 */
final class JdkClasses {
    /** Which modules are read. */
    enum Modules {
        /** Every module of the run-time image: some 26,000 classes. */
        ALL("", "this JDK"),
        /** {@code java.base} alone, a quarter of them. */
        BASE("java.base", "java.base");

        private final String folder;
        private final String description;

        Modules(String folder, String description) {
            this.folder = folder;
            this.description = description;
        }

        /** These modules in a few words. */
        String description() {
            return description;
        }
    }

    private final List<Path> files;

    private JdkClasses(List<Path> files) {
        this.files = files;
    }

    /** Lists the classes of {@code modules}; module descriptors are no classes. */
    static JdkClasses of(Modules modules) throws IOException {
        Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules", modules.folder);
        try (Stream<Path> paths = Files.walk(root)) {
            return new JdkClasses(paths.filter(JdkClasses::holdsClass).sorted().toList());
        }
    }

    private static boolean holdsClass(Path path) {
        String file = String.valueOf(path.getFileName());
        return file.endsWith(".class") && !file.equals("module-info.class");
    }

    int count() {
        return files.size();
    }

    /** Reads every class, and gives its row and what it refers to, in order, on the caller's thread. */
    void forEach(BiConsumer<ClassRow, List<String>> reader) throws IOException {
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            ClassFile parsed = ClassFile.parse(bytes);
            String module = file.getName(1).toString(); // /modules/<module>/<package>/<class>
            ClassRow row = new ClassRow(parsed.name(), module, parsed.superclass(), bytes.length, parsed.methods());
            reader.accept(row, parsed.references());
        }
    }
}
