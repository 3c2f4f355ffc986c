package io.fyercache.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.dialect.IdentifierRules.Folding;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.mapping.Table;
import io.fyercache.jdbc.mapping.TableName;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

    record LineKey(long orderId, int line) {}

    record Line(String article) {}

    private static final Table LINES = EntityMapping.builder(LineKey.class, Line.class)
            .table("order_line")
            .build()
            .table();

    private static final Table TOKENS = EntityMapping.builder(Long.class, String.class)
            .table("token")
            .keyColumn("id")
            .valueColumn("text")
            .build()
            .table();

    @Test
    void of_h2Connection_isTheH2Dialect() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:mem:")) {
            assertThat(Dialect.of(connection)).isInstanceOf(H2Dialect.class);
        }
    }

    @Test
    void lookup_ofOneKey_isEquality() {
        String expected = "SELECT \"ORDER_ID\", \"LINE\", \"ARTICLE\" FROM \"ORDER_LINE\""
                + " WHERE \"ORDER_ID\" = ? AND \"LINE\" = ?";
        assertThat(standard().lookup(LINES, 500).sql(1)).isEqualTo(expected);
        assertThat(h2().lookup(LINES, 500).sql(1)).isEqualTo(expected);
    }

    @Test
    void lookup_ofSeveralKeys_roundsUpToAPowerOfTwo() {
        assertThat(standard().lookup(TOKENS, 500).sql(3)).endsWith(" WHERE \"ID\" IN (?, ?, ?, ?)");
        assertThat(standard().lookup(TOKENS, 3).sql(3)).endsWith(" WHERE \"ID\" IN (?, ?, ?)");
        assertThat(standard().lookup(LINES, 500).sql(2))
                .endsWith(" WHERE (\"ORDER_ID\" = ? AND \"LINE\" = ?) OR (\"ORDER_ID\" = ? AND \"LINE\" = ?)");
        assertThat(h2().lookup(LINES, 500).sql(2)).endsWith(" WHERE (\"ORDER_ID\", \"LINE\") IN ((?, ?), (?, ?))");
        assertThat(h2().lookup(LINES, 7).keysPerStatement()).isEqualTo(3);
    }

    @Test
    void lookup_ofCompositeKeys_usesTheIndexOfH2() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:mem:");
                var statement = connection.createStatement()) {
            statement.execute("create table order_line (order_id bigint, line int, article varchar,"
                    + " primary key (order_id, line))");
            statement.execute("insert into order_line select x / 10, mod(x, 10), 'a' from system_range(0, 9999)");
            statement.execute("analyze");
            String sql = h2().lookup(LINES, 500).sql(4);
            try (var explain = connection.prepareStatement("explain " + sql)) {
                for (int i = 1; i <= 8; i++) {
                    explain.setLong(i, i);
                }
                try (var plan = explain.executeQuery()) {
                    assertThat(plan.next()).isTrue();
                    assertThat(plan.getString(1)).contains("PRIMARY_KEY").doesNotContain("tableScan");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UPPER, PERSON", "LOWER, person", "NONE, Person"})
    void quote_foldsPlainNamesAndDoublesQuotes(Folding folding, String folded) {
        IdentifierRules rules = new IdentifierRules("`", folding);
        assertThat(rules.quote(TableName.parse("Person"))).isEqualTo("`" + folded + "`");
        assertThat(rules.quote(TableName.parse("\"a`b\".\"Person\""))).isEqualTo("`a``b`.`Person`");
    }

    @Test
    void databaseWithoutQuotes_isRefused() {
        assertThatThrownBy(() -> new IdentifierRules(" ", Folding.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dialect of your own");
    }

    @ParameterizedTest
    @CsvSource({
        "40001, RETRYABLE",
        "40P01, RETRYABLE",
        "40002, ROW",
        "22001, ROW",
        "23502, ROW",
        "23505, RETRYABLE",
        "HY000, ROW",
        "HYT00, DATABASE",
        "08006, DATABASE",
        "42S02, DATABASE",
        "57014, DATABASE",
        "55P03, DATABASE",
        "55000, ROW",
        "P0001, ROW",
        "X, ROW"
    })
    void standard_classifiesByState(String state, FailureKind kind) {
        assertThat(standard().classify(new SQLException("", state))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"90131, RETRYABLE", "40001, RETRYABLE", "23505, ROW", "90098, DATABASE", "90022, ROW"})
    void h2_classifiesByItsOwnStates(String state, FailureKind kind) {
        assertThat(h2().classify(new SQLException("", state))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "40001, RETRYABLE",
        "40P01, RETRYABLE",
        "23505, ROW",
        "23503, ROW",
        "22021, ROW",
        "25006, DATABASE",
        "42501, DATABASE",
        "42P10, DATABASE",
        "57014, DATABASE",
        "57P01, DATABASE",
        "53300, DATABASE",
        "55P03, DATABASE"
    })
    void postgres_classifiesByState(String state, FailureKind kind) {
        assertThat(new PostgresDialect(IdentifierRules.STANDARD).classify(new SQLException("", state)))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "1213, 40001, RETRYABLE",
        "1020, HY000, RETRYABLE",
        "1062, 23000, RETRYABLE",
        "1048, 23000, ROW",
        "1452, 23000, ROW",
        "4025, 23000, ROW",
        "1406, 22001, ROW",
        "1366, HY000, ROW",
        "1205, HY000, DATABASE",
        "1290, HY000, DATABASE",
        "1792, 25006, DATABASE",
        "1969, 70100, DATABASE",
        "1142, 42000, DATABASE",
        "1146, 42S02, DATABASE"
    })
    void mariaDb_classifiesByNumberAndState(int code, String state, FailureKind kind) {
        assertThat(new MariaDbDialect(IdentifierRules.STANDARD).classify(new SQLException("", state, code)))
                .isEqualTo(kind);
    }

    @Test
    void withoutState_typeDecides() {
        assertThat(standard().classify(new SQLTransactionRollbackException())).isEqualTo(FailureKind.RETRYABLE);
        assertThat(standard().classify(new SQLTimeoutException())).isEqualTo(FailureKind.DATABASE);
        assertThat(standard().classify(new SQLNonTransientConnectionException()))
                .isEqualTo(FailureKind.DATABASE);
        assertThat(standard().classify(new SQLException())).isEqualTo(FailureKind.ROW);
    }

    @Test
    void upsert_driverThatDoesNotCountBatches_asksRowByRow() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:h2:mem:");
                var statement = connection.createStatement()) {
            statement.execute("create table token (id bigint primary key, text varchar)");
            statement.execute("insert into token values (2, 'old')");
            var mapping = EntityMapping.builder(Long.class, String.class)
                    .table("token")
                    .keyColumn("id")
                    .valueColumn("text")
                    .build();
            StatementSource uncounted = sql -> UncountedBatches.of(connection.prepareStatement(sql));
            standard()
                    .upsert(TOKENS)
                    .execute(
                            uncounted,
                            List.of(mapping.row(mapping.rowKey(1L), "new"), mapping.row(mapping.rowKey(2L), "new")));
            List<String> texts = new ArrayList<>();
            try (var rows = statement.executeQuery("select text from token order by id")) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            assertThat(texts).containsExactly("new", "new");
        }
    }

    private static StandardDialect standard() {
        return new StandardDialect(IdentifierRules.STANDARD);
    }

    private static H2Dialect h2() {
        return new H2Dialect(IdentifierRules.STANDARD);
    }
}
