package io.fyercache.testkit.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheWriter;
import org.awaitility.Awaitility;

/**
 * A writer in a member's process that stops once, right before it would write a person whose name begins with {@value #HELD}, until a file says that
 * it may go on. What it does it tells by files, too. Thread-safe.
 */
final class HeldUpWriter implements CacheWriter<Long, Person>, Closeable {
    /** Names of whom it stops for. */
    static final String HELD = "held";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CacheWriter<Long, Person> real;
    private final Signals signals;

    /** The files that a test and the writers of all members share. */
    record Signals(Path folder) {
        /** Made by the writer that stops, with the number of its process. */
        Path stopped(String name) {
            return folder.resolve(name + ".stopped");
        }

        /** Made by the test. */
        Path mayGoOn(String name) {
            return folder.resolve(name + ".goes-on");
        }

        /** Made by the writer when it has ended, with what came of it. */
        Path ended(String name) {
            return folder.resolve(name + ".ended");
        }
    }

    /** Makes one where it is sent to, in front of what this other one makes. */
    record Sent(Factory<CacheWriter<Long, Person>> real, String folder) implements Factory<CacheWriter<Long, Person>> {
        @Override
        public CacheWriter<Long, Person> create() {
            return new HeldUpWriter(real.create(), new Signals(Path.of(folder)));
        }
    }

    private HeldUpWriter(CacheWriter<Long, Person> real, Signals signals) {
        this.real = real;
        this.signals = signals;
    }

    @Override
    public void write(Cache.Entry<? extends Long, ? extends Person> entry) {
        String name = entry.getValue().name();
        if (!name.startsWith(HELD) || !isFirst(name)) {
            real.write(entry);
            return;
        }
        Awaitility.await("a file").atMost(PATIENCE).until(() -> Files.exists(signals.mayGoOn(name)));
        String outcome = "written";
        try {
            real.write(entry);
        } catch (RuntimeException e) {
            outcome = e.getClass().getSimpleName();
            throw e;
        } finally {
            make(signals.ended(name), outcome);
        }
    }

    /** The next primary is asked for the same write, and must not stop. */
    private boolean isFirst(String name) {
        try {
            Files.createFile(signals.stopped(name));
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        make(signals.stopped(name), Long.toString(ProcessHandle.current().pid()));
        return true;
    }

    /** At once, so that nobody reads the half of it. */
    private static void make(Path file, String text) {
        try {
            Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Long, ? extends Person>> entries) {
        real.writeAll(entries);
    }

    @Override
    public void delete(Object key) {
        real.delete(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        real.deleteAll(keys);
    }

    @Override
    public void close() throws IOException {
        if (real instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
