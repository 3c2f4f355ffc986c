package io.fyercache.hibernate.timestamp;

import java.io.Serializable;
import java.util.UUID;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/**
 * Notes a change of a table, with its key held: of two at once, none is forgotten.
 *
 * @param session whose change it is
 * @param timestamp when it was over, or until when it is announced
 */
public record ChangeNote(Stage stage, UUID session, long timestamp)
        implements EntryProcessor<Object, Object, Boolean>, Serializable {
    private static final long serialVersionUID = 1L;

    /** How far a change is. */
    public enum Stage {
        /** Not committed yet. */
        ANNOUNCED,
        /** Over, whichever way it ended. */
        OVER
    }

    /** Returns true. */
    @Override
    public Boolean process(MutableEntry<Object, Object> entry, Object... arguments) {
        LastChange last = entry.getValue() instanceof LastChange present ? present : LastChange.NONE;
        entry.setValue(
                switch (stage) {
                    case ANNOUNCED -> last.announce(session, timestamp);
                    case OVER -> last.commit(session, timestamp);
                });
        return true;
    }
}
