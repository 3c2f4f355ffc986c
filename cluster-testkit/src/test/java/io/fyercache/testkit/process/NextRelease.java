package io.fyercache.testkit.process;

import io.fyercache.sharded.topology.ProtocolVersions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * What a release will be that speaks one version of the protocol more: this one, with another {@link ProtocolVersions#SPOKEN}. Messages that it alone understands it does not have.
 */
final class NextRelease {
    /** What it speaks. */
    static final ProtocolVersions SPOKEN =
            new ProtocolVersions(ProtocolVersions.SPOKEN.oldest(), ProtocolVersions.SPOKEN.newest() + 1);

    private static final String CLASS_FILE = ProtocolVersions.class.getName().replace('.', '/') + ".class";

    /** As the class is compiled: dup; iconst_1; iconst_1; invokespecial. */
    private static final String SPEAKS_FIRST = "590404b7";

    /** With iconst_2 for the second number. */
    private static final String SPEAKS_SECOND = "590405b7";

    private NextRelease() {}

    /** Writes the class in which it differs; returns the folder. */
    static Path classes(Path folder) throws IOException {
        byte[] present;
        try (InputStream in = ProtocolVersions.class.getClassLoader().getResourceAsStream(CLASS_FILE)) {
            present = in.readAllBytes();
        }
        String bytes = HexFormat.of().formatHex(present);
        if (bytes.split(SPEAKS_FIRST, -1).length != 2) {
            throw new IllegalStateException(CLASS_FILE
                    + ": does not say 1..1 as this expects (expected: a release that speaks the first version alone; else"
                    + " take the former release itself)");
        }
        Path file = folder.resolve(CLASS_FILE);
        Files.createDirectories(file.getParent());
        Files.write(file, HexFormat.of().parseHex(bytes.replace(SPEAKS_FIRST, SPEAKS_SECOND)));
        return folder;
    }
}
