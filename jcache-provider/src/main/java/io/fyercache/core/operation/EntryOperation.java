package io.fyercache.core.operation;

import io.fyercache.core.entry.Expiry;
import java.util.function.UnaryOperator;

/**
 * An operation on one key, as a value. Values in it are in stored form (see {@link StoredForm}).
 *
 * <p>Each record says what it asks; {@link OperationApplier} says what that means for an entry, with the sections of JSR-107.
 */
public sealed interface EntryOperation {

    /** Returns the same operation with each of its values as {@code mapping} has it: values in another stored form. */
    default EntryOperation mapValues(UnaryOperator<Object> mapping) {
        return this;
    }

    /** Replaces the value of the key, whatever it was: {@code Cache.put}. */
    record Put(Object value, long deadlineMillis) implements EntryOperation {
        /** The deadline that stands for "as the cache's expiry policy says". */
        public static final long BY_POLICY = Expiry.UNCHANGED;

        /** Makes a put whose deadline the expiry policy decides. */
        public Put(Object value) {
            this(value, BY_POLICY);
        }

        @Override
        public EntryOperation mapValues(UnaryOperator<Object> mapping) {
            return new Put(mapping.apply(value), deadlineMillis);
        }
    }

    /** Sets the value if the key has none; the result tells whether it did: {@code Cache.putIfAbsent}. */
    record PutIfAbsent(Object value) implements EntryOperation {
        @Override
        public EntryOperation mapValues(UnaryOperator<Object> mapping) {
            return new PutIfAbsent(mapping.apply(value));
        }
    }

    /** Replaces the value and returns the old one: {@code Cache.getAndPut}. */
    record GetAndPut(Object value) implements EntryOperation {
        @Override
        public EntryOperation mapValues(UnaryOperator<Object> mapping) {
            return new GetAndPut(mapping.apply(value));
        }
    }

    /** Replaces the value if there is one; the result tells whether it did: {@code Cache.replace(key, value)}. */
    record Replace(Object value) implements EntryOperation {
        @Override
        public EntryOperation mapValues(UnaryOperator<Object> mapping) {
            return new Replace(mapping.apply(value));
        }
    }

    /** Replaces the value if it equals {@code expected}; the result tells whether it did: {@code Cache.replace(key, old, new)}. */
    record ReplaceIfEqual(Object expected, Object value) implements EntryOperation {
        @Override
        public EntryOperation mapValues(UnaryOperator<Object> mapping) {
            return new ReplaceIfEqual(mapping.apply(expected), mapping.apply(value));
        }
    }

    /** Replaces the value if there is one, and returns the old one: {@code Cache.getAndReplace}. */
    record GetAndReplace(Object value) implements EntryOperation {
        @Override
        public EntryOperation mapValues(UnaryOperator<Object> mapping) {
            return new GetAndReplace(mapping.apply(value));
        }
    }

    /** Removes the entry; the result tells whether there was one: {@code Cache.remove(key)}. */
    record Remove() implements EntryOperation {
        /** The only one needed. */
        public static final Remove INSTANCE = new Remove();
    }

    /** Removes the entry if its value equals {@code expected}; the result tells whether it did: {@code Cache.remove(key, old)}. */
    record RemoveIfEqual(Object expected) implements EntryOperation {
        @Override
        public EntryOperation mapValues(UnaryOperator<Object> mapping) {
            return new RemoveIfEqual(mapping.apply(expected));
        }
    }

    /** Removes the entry and returns its value: {@code Cache.getAndRemove}. */
    record GetAndRemove() implements EntryOperation {
        /** The only one needed. */
        public static final GetAndRemove INSTANCE = new GetAndRemove();
    }

    /** Drops the entry without telling the database: {@code clear()}, and invalidation of what changed elsewhere. */
    record Invalidate() implements EntryOperation {
        /** The only one needed. */
        public static final Invalidate INSTANCE = new Invalidate();
    }

    /** Keeps a value that a loader brought, if the key has none or {@code existing} says so; never written through. */
    record Load(Object value, Existing existing) implements EntryOperation {
        /** What becomes of a value that the key already has. */
        public enum Existing {
            /** It stays, and the loaded value is dropped. */
            KEEP,
            /** The loaded value takes its place, as an update. */
            REPLACE,
            /** The loaded value takes its place and lives as long as a new entry: it was loaded because the old one grew old. */
            RENEW
        }

        @Override
        public EntryOperation mapValues(UnaryOperator<Object> mapping) {
            return new Load(mapping.apply(value), existing);
        }
    }

    /** Runs {@code process} on the entry and does what it asked for; the result is the process's: {@code Cache.invoke}. */
    record Invoke(EntryProcess process) implements EntryOperation {}
}
