package io.fyercache.management.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.management.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    private static final String GOOD = "x".repeat(TokenFile.MIN_TOKEN);

    @TempDir
    private Path folder;

    private Path written(String... lines) throws Exception {
        Path file = Files.createFile(
                folder.resolve("tokens"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, List.of(lines));
    }

    @Test
    void missing_isMade_forItsOwnerAlone_withATokenOfEachRole() throws Exception {
        Path file = folder.resolve("tokens");

        Authorizer authorizer = TokenFile.open(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        List<String[]> lines = Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ", -1))
                .toList();
        assertThat(lines).hasSize(Role.values().length);
        for (String[] line : lines) {
            Caller caller = authorizer.identify("Bearer " + line[2]);
            assertThat(caller).isEqualTo(new Caller(line[1], Role.of(line[0]).orElseThrow()));
            assertThat(authorizer.toString()).doesNotContain(line[2]);
        }
        assertThat(lines.stream().map(line -> line[2]).distinct()).hasSize(Role.values().length);
    }

    @Test
    void existing_isReadAsItIs() throws Exception {
        Path file = written("# who", "", "operate  night-shift   " + GOOD);

        Authorizer authorizer = TokenFile.open(file);

        assertThat(authorizer.identify("bearer " + GOOD)).isEqualTo(new Caller("night-shift", Role.OPERATE));
        assertThatThrownBy(() -> authorizer.identify("Bearer " + GOOD + "x")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> authorizer.identify("Basic " + GOOD)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> authorizer.identify(null)).isInstanceOf(ProblemException.class);
    }

    @Test
    void openToOthers_isRefused() throws Exception {
        Path file = written("read reader " + GOOD);
        for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rwx------")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

            assertThatThrownBy(() -> TokenFile.open(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(mode)
                    .hasMessageContaining("chmod 600");
        }
    }

    @Test
    void faults_areToldTogether_withoutTokens() throws Exception {
        Path file = written("read", "reed a " + GOOD, "read b short", "read c " + GOOD, "write c " + GOOD);

        assertThatThrownBy(() -> TokenFile.open(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 1: 1 words")
                .hasMessageContaining("line 2: role reed")
                .hasMessageContaining("line 3: a token of 5 characters")
                .hasMessageContaining("line 5: name c a second time")
                .message()
                .doesNotContain(GOOD, "short");
    }

    @Test
    void empty_isRefused() throws Exception {
        Path file = written("# nobody");

        assertThatThrownBy(() -> TokenFile.open(file)).hasMessageContaining("no token");
    }
}
