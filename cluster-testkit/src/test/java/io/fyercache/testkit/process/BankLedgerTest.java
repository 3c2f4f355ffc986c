package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BankLedgerTest {
    @TempDir
    private Path folder;

    private List<String> stale(String... files) throws IOException {
        List<Path> ledgers = new ArrayList<>();
        for (String lines : files) {
            ledgers.add(Files.writeString(folder.resolve("ledger-" + ledgers.size()), lines));
        }
        return BankLedger.stale(BankLedger.read(ledgers));
    }

    @Test
    void read_beganAfterACommitOfAnother_andFoundLess_isStale() throws IOException {
        assertThat(stale("20 committed 1 5\n", "30 entity 1 4\n"))
                .singleElement()
                .asString()
                .contains("5 or more");
    }

    @Test
    void read_beganBeforeTheCommitWasOver_mayFindEither() throws IOException {
        assertThat(stale("20 committed 1 5\n", "10 entity 1 4\n15 query 1 5\n")).isEmpty();
    }

    @Test
    void read_ofAnotherAccount_orOfMore_isNotStale() throws IOException {
        assertThat(stale("20 committed 1 5\n30 entity 2 0\n31 collection 1 6\n"))
                .isEmpty();
    }

    @Test
    void hits_areCountedByTheStateThatTheyFound() throws IOException {
        Path ledger = Files.writeString(folder.resolve("hits"), "1 hit 7 1\n2 hit 7 1\n3 query 7 2\n4 hit 7 3\n");

        assertThat(BankLedger.statesHit(BankLedger.read(List.of(ledger)))).isEqualTo(2);
    }

    @Test
    void line_withinWhichTheTellerWasKilled_isPassedOver() throws IOException {
        assertThat(stale("20 committed 1 5\n", "30 entity 1 ")).isEmpty();
    }
}
