package io.fyercache.zookeeper.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Where a server keeps its data: a folder that is for it alone. */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "in-use.lock";

    private final Path path;
    private final FileChannel lock;
    private final boolean temporary;

    private DataFolder(Path path, boolean temporary) throws IOException {
        this.path = path;
        this.temporary = temporary;
        this.lock = lock(path);
    }

    /** Makes a folder that goes when it is closed. */
    static DataFolder temporary() throws IOException {
        return new DataFolder(Files.createTempDirectory("fyercache-zookeeper-"), true);
    }

    /**
     * Takes a folder, making it if it is missing, which stays when it is closed.
     *
     * @throws IllegalStateException if another server has it
     */
    static DataFolder lasting(Path path) throws IOException {
        return new DataFolder(Files.createDirectories(path), false);
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Somebody in this JVM has it. Said below.
        }
        channel.close();
        throw new IllegalStateException(
                "data folder: " + path
                        + ", in use by another server (expected: one for this server alone); close that one, or choose another");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        if (temporary) {
            delete();
        }
    }

    private void delete() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
