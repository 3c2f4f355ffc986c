package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgreementCheckTest {
    private static final int ROWS = 20;

    private final AtomicInteger answers = new AtomicInteger();
    private CachedTable opened;
    private AgreementCheck check;

    @BeforeEach
    void openAndReadHalf() throws SQLException {
        opened = CachedTable.open(ROWS);
        opened.rows().subList(0, ROWS / 2).forEach(row -> opened.cache().get(row.name()));
        check = new AgreementCheck(opened.cache(), opened.table(), answers::incrementAndGet);
    }

    @AfterEach
    void close() throws SQLException {
        opened.close();
    }

    @Test
    void untouched_everythingAgrees() throws SQLException {
        assertThat(check.entriesAgree())
                .isEqualTo(new Check("entries in the cache equal their rows", Check.Outcome.HELD, "10 of 10"));
        assertThat(check.answersAgree(opened.rows()))
                .isEqualTo(new Check("every answer equals the database's", Check.Outcome.HELD, "20 of 20"));
        assertThat(answers).hasValue(ROWS);
    }

    @Test
    void writesThroughTheCache_agree() throws SQLException {
        ClassRow put = opened.rows().get(1).withSize(77);
        opened.cache().put("class1", put);
        opened.cache().remove("class2");
        opened.cache().remove("class19");

        assertThat(check.entriesAgree().outcome()).isEqualTo(Check.Outcome.HELD);
        assertThat(check.answersAgree(opened.rows()).numbers()).isEqualTo("20 of 20");
        assertThat(check.databaseHolds(
                        Map.of("class1", Optional.of(put), "class2", Optional.empty(), "class19", Optional.empty())))
                .isEqualTo(new Check("the database holds each thread's last write", Check.Outcome.HELD, "3 of 3"));
    }

    @Test
    void rowChangedBehindTheCache_isFound() throws SQLException {
        opened.execute("update jdk_class set size = 99 where name = 'class3'");

        String difference = "class3: cache ClassRow[name=class3, module=module, superclass=class0, size=3, methods=6],"
                + " database ClassRow[name=class3, module=module, superclass=class0, size=99, methods=6]";
        assertFailed(check.entriesAgree(), "9 of 10; " + difference);
        assertFailed(check.answersAgree(opened.rows()), "19 of 20; " + difference);
    }

    @Test
    void rowDeletedBehindTheCache_isFound() throws SQLException {
        opened.execute("delete from jdk_class where name = 'class4'");

        String difference = "class4: cache ClassRow[name=class4, module=module, superclass=null, size=4, methods=8],"
                + " database nothing";
        assertFailed(check.entriesAgree(), "9 of 10; " + difference);
        assertFailed(check.answersAgree(opened.rows()), "19 of 20; " + difference);
    }

    @Test
    void columnSetToNullBehindTheCache_isFound() throws SQLException {
        opened.execute("update jdk_class set superclass = null where name = 'class5'");

        assertThat(check.entriesAgree().outcome()).isEqualTo(Check.Outcome.FAILED);
    }

    @Test
    void writeThatTheDatabaseLost_isFound() throws SQLException {
        ClassRow row = opened.rows().get(6);

        assertFailed(
                check.databaseHolds(Map.of(
                        "class6",
                        Optional.empty(),
                        "class7",
                        Optional.of(opened.rows().get(7)))),
                "1 of 2; class6: written nothing, database " + row);
    }

    @Test
    void manyDifferences_areCountedAndSomeShown() throws SQLException {
        for (int i = 0; i < ROWS / 2; i++) {
            opened.execute("update jdk_class set methods = -1 where name = 'class" + i + "'");
        }
        Check failed = check.entriesAgree();

        assertThat(failed.numbers()).startsWith("0 of 10; ").containsOnlyOnce("0 of 10");
        assertThat(failed.numbers().split("; ")).hasSize(1 + 3);
    }

    private static void assertFailed(Check check, String numbers) {
        assertThat(check.outcome()).isEqualTo(Check.Outcome.FAILED);
        assertThat(check.numbers()).isEqualTo(numbers);
    }
}
