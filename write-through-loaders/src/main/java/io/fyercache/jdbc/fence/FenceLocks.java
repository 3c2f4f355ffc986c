package io.fyercache.jdbc.fence;

import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.dialect.StatementSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a fence table, as one writer locks and raises them. A transaction {@linkplain #hold holds} those of its partitions before it writes, until
 * it ends: so whoever raises one waits for those who write by the authority of before, and whoever comes after him sees that he is late.
 *
 * <p>Rows are locked in the order of {@link PrimaryEpoch}. Where the database can, a row that has this writer's epoch already is locked together with
 * others who write in the same epoch; to raise it, and elsewhere always, it is locked alone, by its update.
 *
 * <p>Thread-safe.
 */
public final class FenceLocks {

    /** 256 partitions in one statement: far below the number of parameters that any driver takes, and a batch seldom has more. */
    static final int MAX_PARTITIONS = 256;

    /** Three: a row is missing, is made by another meanwhile, and then is there. Afterwards somebody deletes rows all the time. */
    static final int MAX_ATTEMPTS = 3;

    /** 16,384 epochs are remembered, twice what a cluster has partitions; then all are forgotten, and learned again. */
    static final int MAX_KNOWN = 16_384;

    private final String table;
    private final FenceSql sql;

    /** The epochs that this writer has committed. Whatever is wrong here costs a statement. */
    private final Map<Row, Long> known = new ConcurrentHashMap<>();

    /** What makes a row unique. */
    private record Row(String cluster, int partition) {
        static Row of(PrimaryEpoch epoch) {
            return new Row(epoch.cluster(), epoch.partition());
        }
    }

    private FenceLocks(FenceTable table, FenceSql sql) {
        this.table = table.name().toString();
        this.sql = sql;
    }

    /** Those of a table in the database of a connection. */
    public static FenceLocks of(FenceTable table, Connection connection, Dialect dialect) throws SQLException {
        IdentifierRules rules = IdentifierRules.of(connection.getMetaData());
        return new FenceLocks(table, FenceSql.of(table, rules, dialect.sharedLock()));
    }

    /**
     * Locks the rows of primaries, and raises those that have a lower epoch. They stay locked until the transaction ends.
     *
     * @param connection of a transaction that has done nothing yet; another may be committed before, which makes missing rows
     * @throws FencedOff if a row has a higher epoch; the caller rolls back
     * @throws FenceFailure if the database refuses; the caller rolls back
     */
    public void hold(Connection connection, StatementSource statements, Collection<PrimaryEpoch> epochs) {
        List<PrimaryEpoch> ordered = List.copyOf(new TreeSet<>(epochs));
        try {
            if (areKnown(ordered)) {
                if (areLocked(statements, ordered)) {
                    return;
                }
                // Somebody has deleted rows, or put them back: to raise one that is locked so is to risk a circle.
                connection.rollback();
            }
            raise(connection, statements, ordered);
        } catch (SQLException e) {
            throw FenceFailure.ofTable(table, e);
        }
    }

    /** Takes in that a transaction which held these is committed. */
    public void committed(Collection<PrimaryEpoch> epochs) {
        if (known.size() >= MAX_KNOWN) {
            known.clear();
        }
        epochs.forEach(each -> known.merge(Row.of(each), each.epoch(), Math::max));
    }

    private boolean areKnown(List<PrimaryEpoch> ordered) {
        return sql.sharedLock() != null
                && ordered.stream().allMatch(each -> each.epoch() == known.getOrDefault(Row.of(each), 0L));
    }

    /** Locks rows together with others of the same epochs; tells whether all are there and have it. */
    private boolean areLocked(StatementSource statements, List<PrimaryEpoch> ordered) throws SQLException {
        Map<Row, Long> found = find(statements, ordered, sql::lockOf);
        boolean all = true;
        for (PrimaryEpoch each : ordered) {
            Long present = found.get(Row.of(each));
            requireNotAbove(present, each);
            all &= present != null && present == each.epoch();
        }
        return all;
    }

    private void requireNotAbove(@Nullable Long present, PrimaryEpoch wanted) {
        if (present != null && present > wanted.epoch()) {
            throw new FencedOff(table, wanted, present);
        }
    }

    private void raise(Connection connection, StatementSource statements, List<PrimaryEpoch> ordered)
            throws SQLException {
        Map<Row, SQLException> refused = new HashMap<>();
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            List<PrimaryEpoch> unmatched = unmatched(statements, ordered);
            if (unmatched.isEmpty()) {
                return;
            }
            Map<Row, Long> found = find(statements, unmatched, sql::selectOf);
            unmatched.forEach(each -> requireNotAbove(found.get(Row.of(each)), each));
            connection.rollback();
            for (PrimaryEpoch each : unmatched) {
                if (!found.containsKey(Row.of(each))) {
                    make(connection, statements, each, refused);
                }
            }
        }
        throw new SQLException("rows that were made are gone, or updates of rows that are there count none");
    }

    /** Locks and raises rows; returns those that are not there, or have a higher epoch. */
    private List<PrimaryEpoch> unmatched(StatementSource statements, List<PrimaryEpoch> ordered) throws SQLException {
        List<PrimaryEpoch> unmatched = new ArrayList<>();
        try (PreparedStatement raise = statements.prepare(sql.raise())) {
            int[] counts = ordered.size() == 1 ? new int[] {raise(raise, ordered.get(0))} : batch(raise, ordered);
            for (int i = 0; i < counts.length; i++) {
                PrimaryEpoch each = ordered.get(i);
                // Some drivers do not count in batches; asked for one row they do.
                if ((counts[i] == Statement.SUCCESS_NO_INFO ? raise(raise, each) : counts[i]) == 0) {
                    unmatched.add(each);
                }
            }
        }
        return unmatched;
    }

    private static int raise(PreparedStatement raise, PrimaryEpoch epoch) throws SQLException {
        bind(raise, epoch);
        return raise.executeUpdate();
    }

    private static int[] batch(PreparedStatement raise, List<PrimaryEpoch> ordered) throws SQLException {
        for (PrimaryEpoch each : ordered) {
            bind(raise, each);
            raise.addBatch();
        }
        return raise.executeBatch();
    }

    private static void bind(PreparedStatement raise, PrimaryEpoch epoch) throws SQLException {
        raise.setLong(1, epoch.epoch());
        raise.setString(2, epoch.cluster());
        raise.setInt(3, epoch.partition());
        raise.setLong(4, epoch.epoch());
    }

    /**
     * Makes a row that raises nothing, in a transaction of its own: as a part of the other, two who make the same rows would wait for each other. That
     * another has made it is no failure; that it is refused, and is not there afterwards either, is one.
     *
     * @param refused those that were refused before, and why
     */
    private void make(
            Connection connection, StatementSource statements, PrimaryEpoch epoch, Map<Row, SQLException> refused)
            throws SQLException {
        SQLException before = refused.get(Row.of(epoch));
        if (before != null) {
            throw before;
        }
        try (PreparedStatement insert = statements.prepare(sql.insert())) {
            insert.setString(1, epoch.cluster());
            insert.setInt(2, epoch.partition());
            insert.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            refused.put(Row.of(epoch), e);
        }
    }

    /** A statement for so many partitions. */
    private interface Finding {
        String of(int partitions);
    }

    /** Finds rows, in their order, those of one cluster after those of another. */
    private static Map<Row, Long> find(StatementSource statements, List<PrimaryEpoch> ordered, Finding finding)
            throws SQLException {
        Map<Row, Long> found = new HashMap<>();
        int from = 0;
        for (int to = 1; to <= ordered.size(); to++) {
            String cluster = ordered.get(from).cluster();
            boolean ends = to == ordered.size()
                    || to - from == MAX_PARTITIONS
                    || !ordered.get(to).cluster().equals(cluster);
            if (ends) {
                find(statements, ordered.subList(from, to), finding, found);
                from = to;
            }
        }
        return found;
    }

    private static void find(
            StatementSource statements, List<PrimaryEpoch> ofOneCluster, Finding finding, Map<Row, Long> found)
            throws SQLException {
        String cluster = ofOneCluster.get(0).cluster();
        int last = ofOneCluster.size() - 1;
        int parameters = rounded(ofOneCluster.size());
        try (PreparedStatement statement = statements.prepare(finding.of(parameters))) {
            statement.setString(1, cluster);
            for (int i = 0; i < parameters; i++) {
                statement.setInt(i + 2, ofOneCluster.get(Math.min(i, last)).partition());
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(new Row(cluster, rows.getInt(1)), rows.getLong(2));
                }
            }
        }
    }

    /** A power of two, so that there are nine texts: databases and drivers keep a plan for each. The last partition is repeated. */
    private static int rounded(int partitions) {
        int power = Integer.highestOneBit(partitions);
        return power == partitions ? power : 2 * power;
    }
}
