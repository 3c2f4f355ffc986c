package io.fyercache.zookeeper.turn;

import io.fyercache.zookeeper.turn.Claim.Kind;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What follows for a place from the places before it. The recipes are those of ZooKeeper's documentation: nobody waits for more than one znode, and
 * whoever leaves wakes only those whose turn may have come.
 *
 * <p>With a semaphore it is not certain whether a place comes in when the one before it leaves: it does when any of those who hold it does. So
 * the first that waits looks at all of them, and each behind it at the one before it, which says by the data of its znode when it has come in:
 * then the one behind is the first.
 */
sealed interface Turn {
    /** It is its turn. */
    record Now() implements Turn {}

    /** It has to wait until another place is left, or held. */
    record After(String name) implements Turn {}

    /** It has to wait until any place before it is left. */
    record AfterAny() implements Turn {}

    /** Somebody takes the lock for something else. */
    record Conflict(Claim other) implements Turn {}

    /**
     * Says whose turn it is.
     *
     * @param names of all places of the lock, in any order, among them perhaps names that are of no place
     */
    static Turn of(PlaceName own, List<String> names) {
        List<PlaceName> before = names.stream()
                .map(PlaceName::read)
                .filter(Objects::nonNull)
                .filter(other -> other.isBefore(own))
                .toList();
        for (PlaceName other : before) {
            if (!other.claim().agreesWith(own.claim())) {
                return new Conflict(other.claim());
            }
        }
        int permits = own.claim().permits();
        return switch (own.claim().kind()) {
            case LOCK, WRITE -> afterLast(before, other -> true);
            case READ -> afterLast(before, other -> other.claim().kind() == Kind.WRITE);
            case PERMIT ->
                before.size() < permits
                        ? new Now()
                        : before.size() == permits ? new AfterAny() : afterLast(before, other -> true);
        };
    }

    private static Turn afterLast(List<PlaceName> before, Predicate<PlaceName> inTheWay) {
        return before.stream()
                .filter(inTheWay)
                .reduce((one, other) -> one.isBefore(other) ? other : one)
                .<Turn>map(last -> new After(last.text()))
                .orElseGet(Now::new);
    }
}
