package io.fyercache.core.operation;

import static io.fyercache.core.operation.Decision.WriteThrough.DELETE;
import static io.fyercache.core.operation.Decision.WriteThrough.NONE;
import static io.fyercache.core.operation.Decision.WriteThrough.WRITE;
import static io.fyercache.core.statistics.CacheCounters.HIT;
import static io.fyercache.core.statistics.CacheCounters.MISS;
import static io.fyercache.core.statistics.CacheCounters.PUT;
import static io.fyercache.core.statistics.CacheCounters.REMOVAL;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.GetAndRemove;
import io.fyercache.core.operation.EntryOperation.GetAndReplace;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Load;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.PutIfAbsent;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.operation.EntryOperation.RemoveIfEqual;
import io.fyercache.core.operation.EntryOperation.Replace;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * JSR-107's tables, once: what each {@link EntryOperation} means for an entry that has, or has not, a value. It decides and changes
 * nothing; whoever owns the entry carries the {@link Decision} out.
 *
 * <p>An expired entry is to be taken out before: to an operation it is a missing one. Statistics follow the table of JSR-107 chapter
 * 12, expiry that of {@code javax.cache.expiry.ExpiryPolicy}, writing through that of {@code CacheWriter}.
 *
 * <p>Immutable, and as thread-safe as the expiry policy and the equality that it is given.
 */
public final class OperationApplier {
    private final Expiry expiry;
    private final StoredForm form;

    /** Makes the applier of a cache whose entries expire by {@code expiry} and are compared by {@code form}. */
    public OperationApplier(Expiry expiry, StoredForm form) {
        this.expiry = expiry;
        this.form = form;
    }

    /** Decides what {@code operation} does, with nothing to load a missing value from. */
    public Decision decide(EntryOperation operation, @Nullable Object current, long nowMillis) {
        return decide(operation, current, nowMillis, OperationApplier::noValue);
    }

    private static @Nullable Object noValue() {
        return null;
    }

    /**
     * Decides what {@code operation} does.
     *
     * @param current the entry's live value in stored form, null for none
     * @param nowMillis the time at which it happens
     * @param loader brings a missing value that an entry process reads; called by {@link Invoke} only
     */
    public Decision decide(
            EntryOperation operation, @Nullable Object current, long nowMillis, Supplier<@Nullable Object> loader) {
        // Short enough to be inlined into its callers, whose Decision then need not be allocated.
        return operation instanceof Put put
                ? put(put, current, nowMillis)
                : decideOther(operation, current, nowMillis, loader);
    }

    private Decision decideOther(
            EntryOperation operation, @Nullable Object current, long nowMillis, Supplier<@Nullable Object> loader) {
        // Ordered by how often they are asked.
        if (operation instanceof Invoke invoke) {
            return invoke(invoke.process(), new EntryWishes(current, loader), nowMillis);
        } else if (operation instanceof Load load) {
            return load(load, current, nowMillis);
        } else if (operation instanceof Remove) {
            return current == null ? Decision.deleteOnly(0, false) : Decision.remove(DELETE, REMOVAL, true);
        } else if (operation instanceof PutIfAbsent put) {
            return current == null ? create(put.value(), nowMillis, MISS, true, false) : Decision.HIT_FALSE;
        } else if (operation instanceof GetAndPut put) {
            return current == null
                    ? create(put.value(), nowMillis, MISS, null, null)
                    : update(put.value(), nowMillis, HIT, current);
        } else if (operation instanceof Replace replace) {
            return current == null ? Decision.MISS_FALSE : update(replace.value(), nowMillis, HIT, true);
        } else if (operation instanceof ReplaceIfEqual replace) {
            return current == null ? Decision.MISS_FALSE : replaceIfEqual(replace, current, nowMillis);
        } else if (operation instanceof GetAndReplace replace) {
            return current == null ? Decision.MISS : update(replace.value(), nowMillis, HIT, current);
        } else if (operation instanceof RemoveIfEqual remove) {
            return current == null ? Decision.MISS_FALSE : removeIfEqual(remove, current, nowMillis);
        } else if (operation instanceof GetAndRemove) {
            return current == null ? Decision.deleteOnly(MISS, null) : Decision.remove(DELETE, HIT | REMOVAL, current);
        } else if (operation instanceof Invalidate) {
            return current == null ? Decision.FALSE : Decision.drop(true);
        }
        throw new AssertionError(operation); // the interface is sealed
    }

    private Decision put(Put put, @Nullable Object current, long nowMillis) {
        if (put.deadlineMillis() == Put.BY_POLICY) {
            return current == null
                    ? create(put.value(), nowMillis, 0, null, null)
                    : update(put.value(), nowMillis, 0, null);
        }
        EntryChange.Kind change = current == null ? EntryChange.Kind.CREATED : EntryChange.Kind.UPDATED;
        return Decision.store(put.value(), put.deadlineMillis(), WRITE, change, PUT, null);
    }

    /** JSR-107 {@code ExpiryPolicy.getExpiryForCreation}: an entry that expires at once is not added, and not counted as put. */
    private Decision create(
            Object value, long nowMillis, int lookup, @Nullable Object result, @Nullable Object resultIfExpired) {
        long deadline = expiry.afterCreation(nowMillis);
        if (deadline <= nowMillis) {
            return Decision.expiredAtOnce(value, WRITE, lookup, resultIfExpired);
        }
        return Decision.store(value, deadline, WRITE, EntryChange.Kind.CREATED, lookup | PUT, result);
    }

    private Decision update(Object value, long nowMillis, int lookup, @Nullable Object result) {
        return Decision.store(
                value, expiry.afterUpdate(nowMillis), WRITE, EntryChange.Kind.UPDATED, lookup | PUT, result);
    }

    private Decision replaceIfEqual(ReplaceIfEqual replace, Object current, long nowMillis) {
        return form.sameValue(current, replace.expected())
                ? update(replace.value(), nowMillis, HIT, true)
                : access(nowMillis, false);
    }

    private Decision removeIfEqual(RemoveIfEqual remove, Object current, long nowMillis) {
        return form.sameValue(current, remove.expected())
                ? Decision.remove(DELETE, HIT | REMOVAL, true)
                : access(nowMillis, false);
    }

    /** A value that was looked at and stays: a hit, and an access for the expiry policy. */
    private Decision access(long nowMillis, @Nullable Object result) {
        return Decision.touch(expiry.changesOnAccess() ? expiry.afterAccess(nowMillis) : Expiry.UNCHANGED, HIT, result);
    }

    /** A loaded value is neither written through nor counted as a put (JSR-107 chapter 12). */
    private Decision load(Load load, @Nullable Object current, long nowMillis) {
        if (current == null) {
            return loaded(load.value(), nowMillis, 0, load.value());
        }
        if (load.existing() == Load.Existing.KEEP) {
            return Decision.lookup(0, current);
        }
        long deadline = load.existing() == Load.Existing.RENEW
                ? expiry.afterCreation(nowMillis)
                : expiry.afterUpdate(nowMillis);
        return Decision.store(load.value(), deadline, NONE, EntryChange.Kind.UPDATED, 0, load.value());
    }

    private Decision loaded(Object value, long nowMillis, int lookup, @Nullable Object result) {
        long deadline = expiry.afterCreation(nowMillis);
        return deadline <= nowMillis
                ? Decision.expiredAtOnce(value, NONE, lookup, result)
                : Decision.store(value, deadline, NONE, EntryChange.Kind.CREATED, lookup, result);
    }

    /** An invocation counts as a hit or a miss even if the process never looks at the value (JSR-107 chapter 12). */
    private Decision invoke(EntryProcess process, EntryWishes entry, long nowMillis) {
        Object result = process.process(entry);
        boolean existed = entry.original() != null;
        int lookup = existed ? HIT : MISS;
        return switch (entry.wish()) {
            case NONE -> Decision.lookup(lookup, result);
            case READ -> access(nowMillis, result);
            case LOADED -> loaded(entry.wantedValue(), nowMillis, lookup, result);
            case SET ->
                existed
                        ? update(entry.wantedValue(), nowMillis, lookup, result)
                        : create(entry.wantedValue(), nowMillis, lookup, result, result);
            case REMOVE ->
                existed ? Decision.remove(DELETE, lookup | REMOVAL, result) : Decision.deleteOnly(lookup, result);
        };
    }
}
