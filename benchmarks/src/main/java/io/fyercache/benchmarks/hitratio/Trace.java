package io.fyercache.benchmarks.hitratio;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.tukaani.xz.XZInputStream;

/**
 * The recorded accesses of a web shop, which the cache2k project published and Caffeine's simulator ships in its jar: files of big-endian
 * ints, one per access, packed with xz (by headissue GmbH, Jens Wilke; CC BY 4.0).
 */
public enum Trace {
    /** Database objects, a busy day: 5 million accesses. */
    ORM_BUSY("orm-busy"),
    /** Database objects, the night: 5 million accesses. */
    ORM_NIGHT("orm-night"),
    /** Product pages, July 2013. */
    WEB_07("web07"),
    /** Product pages, December 2013. */
    WEB_12("web12");

    private static final String FOLDER = "/com/github/benmanes/caffeine/cache/simulator/parser/cache2k/";

    private final String id;

    Trace(String id) {
        this.id = id;
    }

    /** The file's name without its ending. */
    public String id() {
        return id;
    }

    /**
     * The keys in the order of the accesses.
     *
     * @throws IOException if the trace is not on the class path or cannot be read
     */
    public int[] keys() throws IOException {
        String resource = FOLDER + id + ".trace.xz";
        try (InputStream packed = Trace.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new FileNotFoundException(
                        "trace: %s (expected: on the class path, in com.github.ben-manes.caffeine:simulator)"
                                .formatted(resource));
            }
            return ints(new DataInputStream(new BufferedInputStream(new XZInputStream(packed), 1 << 16)));
        }
    }

    private static int[] ints(DataInputStream in) throws IOException {
        int[] keys = new int[1 << 16];
        int length = 0;
        try {
            while (true) {
                int key = in.readInt();
                if (length == keys.length) {
                    keys = Arrays.copyOf(keys, 2 * length);
                }
                keys[length++] = key;
            }
        } catch (EOFException e) {
            return Arrays.copyOf(keys, length);
        }
    }
}
