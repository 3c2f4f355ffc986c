package io.fyercache.hibernate.timestamp;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * When a table was last changed, as the timestamps region keeps it.
 *
 * <p>Hibernate notes a change twice: before the commit as of a time ahead, until which no result of a query is believed, and afterwards as of that
 * moment, which takes the first back. Each session takes back its own: with one time ahead for all, who ends first lets results be believed that another one has already changed, and
 * for ever if the process of that is gone.
 *
 * @param committed when the latest change that is over was over
 * @param announced changes that are not over, one of a session at most, and no more than {@value #MAX_ANNOUNCED}; those that {@code committed} is behind of count no more, and are left out
 */
public record LastChange(long committed, List<Announced> announced) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Changes of one table at a time. Of more, results are believed when the first of them would be over by itself, at the earliest. */
    static final int MAX_ANNOUNCED = 64;

    /** Before the first change. */
    static final LastChange NONE = new LastChange(0, List.of());

    /**
     * A change that may be committed at any moment.
     *
     * @param until when it is taken to be over if nobody says so
     */
    public record Announced(UUID session, long until) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Copies the list. */
    public LastChange {
        announced = List.copyOf(announced);
    }

    /** Returns this after a change was announced. */
    LastChange announce(UUID session, long until) {
        List<Announced> present = others(session);
        present.add(new Announced(session, until));
        long first = present.stream().mapToLong(Announced::until).min().orElse(until);
        return after(present.size() > MAX_ANNOUNCED ? first : committed, present);
    }

    /** Returns this after a change was over. */
    LastChange commit(UUID session, long at) {
        return after(at, others(session));
    }

    private LastChange after(long at, List<Announced> present) {
        long latest = Math.max(committed, at);
        present.removeIf(each -> each.until() <= latest);
        return new LastChange(latest, present);
    }

    private List<Announced> others(UUID session) {
        List<Announced> others = new ArrayList<>(announced);
        others.removeIf(each -> each.session().equals(session));
        return others;
    }

    /** Returns the timestamp that results of queries must be above. */
    public long effective() {
        return announced.stream().mapToLong(Announced::until).max().orElse(committed);
    }
}
