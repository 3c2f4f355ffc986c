package io.fyercache.node.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether nobody but its owner has access to a file.
 *
 * @param setting that names it
 */
record SecretFileCheck(String setting, Path file) implements Check {
    private static final Set<PosixFilePermission> OWNER_ALONE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    @Override
    public Finding examine() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (OWNER_ALONE.containsAll(permissions)) {
                return Finding.good(setting, file + " is for its owner alone");
            }
            return Finding.fault(
                    setting,
                    file + " has mode " + PosixFilePermissions.toString(permissions) + " (expected: rw------- at most)",
                    "chmod 600, and replace what is in it if others may have read it");
        } catch (IOException e) {
            return Finding.fault(
                    setting,
                    file + " cannot be looked at: " + e + " (expected: a file of this process's user)",
                    "see where it is");
        } catch (UnsupportedOperationException e) {
            return Finding.doubtful(
                    setting,
                    file + " is where files have no POSIX permissions (expected: where they have)",
                    "put it elsewhere");
        }
    }
}
