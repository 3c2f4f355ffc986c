package io.fyercache.jdbc.feed;

import io.fyercache.jdbc.datasource.Connections;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** A database's way of telling what has changed. Immutable; what a feed hears by it is a {@link Session}. */
public interface ChangeSource {

    /** Prepares to hear of changes of these tables. Takes no connection. */
    Session session(Connections connections, List<FollowedTable<?>> tables);

    /**
     * Hears of changes, and notes them at the tables. Used by one thread of a feed, again and again: opened, asked until it fails
     * or the feed ends, closed.
     */
    interface Session extends AutoCloseable {

        /** What becomes of changes that are committed while a session is closed. */
        enum Absence {
            /** They are heard of when it is open again. */
            CATCHES_UP,
            /** Nobody will know of them. */
            LOSES
        }

        /**
         * Begins to hear: of each change that is committed after this returns.
         *
         * @throws SQLException if the database cannot be asked
         * @throws UnheardTableException if it does not tell of changes of a table
         */
        Absence open() throws SQLException;

        /**
         * Waits a moment for changes, if it can, and notes all that were committed before this was called.
         *
         * @return how long to wait before it is called again
         * @throws SQLException and {@link UnheardTableException}, as for {@link #open}; some changes may not have been noted
         */
        Duration hear() throws SQLException;

        /** Gives back what it holds. Does nothing if it is not open. */
        @Override
        void close();
    }
}
