package io.fyercache.core.engine;

import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.StoredForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners what happened to held keys, and lets the keys go. Changes are noted when they are committed and told when everything
 * is done, still with the keys held: so a listener's exception undoes nothing and skips nobody, and a listener that changes its own key
 * adds to the queue that is being told, so that every listener hears the changes of a key in the order of commits. Thread-safe.
 */
final class ChangeDelivery {
    private final KeyHolds holds;
    private final ChangeListeners listeners;
    private final StoredForm form;

    ChangeDelivery(KeyHolds holds, ChangeListeners listeners, StoredForm form) {
        this.holds = holds;
        this.listeners = listeners;
        this.form = form;
    }

    /** Notes a change of a held key, to be told when it is let go. */
    void note(HeldKey hold, EntryChange.Kind kind, Object value, @Nullable Object oldValue) {
        if (!listeners.isEmpty()) {
            hold.note(new EntryChange(kind, form.keep(hold.key()), value, oldValue));
        }
    }

    /** Tells what was noted of the key, and lets it go; a listener's exception comes out afterwards. */
    void letGo(HeldKey hold) {
        try {
            if (hold.hasNews()) {
                tell(List.of(hold));
            }
        } finally {
            holds.release(hold);
        }
    }

    /** Tells what was noted of all the keys, and lets all go; the first exception of a listener comes out afterwards. */
    void letGo(List<HeldKey> held) {
        FirstFailure failures = new FirstFailure();
        failures.during(() -> tell(held));
        for (HeldKey hold : held) {
            failures.during(() -> holds.release(hold));
        }
        failures.rethrow();
    }

    /** Operations of listeners note further changes, of any of these keys, while this runs. */
    private void tell(List<HeldKey> held) {
        FirstFailure failures = new FirstFailure();
        List<HeldKey> outermost =
                held.stream().filter(hold -> hold.nesting == 0).toList();
        outermost.forEach(hold -> hold.setNotifying(true));
        try {
            boolean told = true;
            while (told) {
                told = false;
                for (HeldKey hold : outermost) {
                    told |= tellAll(hold, failures);
                }
            }
        } finally {
            outermost.forEach(hold -> hold.setNotifying(false));
        }
        failures.rethrow();
    }

    private boolean tellAll(HeldKey hold, FirstFailure failures) {
        boolean told = false;
        for (EntryChange change = hold.nextNews(); change != null; change = hold.nextNews()) {
            told = true;
            try {
                listeners.publish(change);
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        }
        return told;
    }
}
