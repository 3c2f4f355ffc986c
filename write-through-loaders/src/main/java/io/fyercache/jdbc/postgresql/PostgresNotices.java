package io.fyercache.jdbc.postgresql;

import io.fyercache.jdbc.datasource.Connections;
import io.fyercache.jdbc.feed.ChangeSource;
import io.fyercache.jdbc.feed.FollowedTable;
import java.util.List;

/**
 * Changes that PostgreSQL tells by itself, by {@code LISTEN} and the {@linkplain NoticeTriggers triggers} of each table.
 *
 * <pre>{@code
 * NoticeTriggers.create(dataSource, mapping.table());   // once, by the table's owner; or run its statements yourself
 * ChangeFeed.by(PostgresNotices.source())...
 * }</pre>
 *
 * <p>Inserts, updates, deletes and {@code TRUNCATE} are told, by whomever, when they are committed. A session that was lost has lost what was
 * told meanwhile, so that the feed then drops all.
 *
 * <p>One connection is kept from the data source for as long as the feed hears. The notices wait in the database until it has read them, which it
 * always does at once; what a cache has not dropped yet waits in the feed, within bounds. Whoever may connect to the database may send notices: all
 * that they can do is to have entries dropped.
 *
 * <p>Needs PostgreSQL's driver, which {@code fyercache-jdbc} does not bring, and PostgreSQL 11 or newer. A pool in front of the database that shares
 * sessions between transactions (such as PgBouncer's transaction mode) loses notices: connect past it.
 */
public final class PostgresNotices implements ChangeSource {

    private static final PostgresNotices SOURCE = new PostgresNotices();

    private PostgresNotices() {}

    /** The source. It has no settings. */
    public static PostgresNotices source() {
        return SOURCE;
    }

    @Override
    public Session session(Connections connections, List<FollowedTable<?>> tables) {
        return new NoticeSession(connections, tables);
    }
}
