package io.fyercache.node.doctor;

import io.fyercache.management.access.TokenFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the file of tokens can be used, or made. */
record TokenFileCheck(Path file) implements Check {

    @Override
    public Finding examine() {
        String about = "--token-file";
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.exists(file) && folder != null && Files.isWritable(folder)) {
            return Finding.good(about, file + " is not there yet; the process makes it");
        } else if (!Files.exists(file)) {
            return Finding.fault(
                    about,
                    file + " is not there, and cannot be made (expected: a folder that this user may write to)",
                    "create the folder, and give it to the process's user");
        }
        try {
            return Finding.good(about, file + " has " + TokenFile.open(file));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return Finding.fault(
                    about, String.valueOf(e.getMessage()), "mend the file, or delete it, and it is made anew");
        }
    }
}
