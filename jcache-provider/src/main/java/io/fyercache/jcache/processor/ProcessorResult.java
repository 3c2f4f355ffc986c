package io.fyercache.jcache.processor;

import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;

/** What {@code invokeAll} returns for one key: a result, or the exception that came instead of it. */
public sealed interface ProcessorResult<T> extends EntryProcessorResult<T> {

    /** Returns the result of a processor that returned {@code value}. */
    static <T> ProcessorResult<T> of(T value) {
        return new Value<>(value);
    }

    /** Returns the result of an invocation that threw {@code failure}. */
    static <T> ProcessorResult<T> failed(RuntimeException failure) {
        return new Failure<>(
                failure instanceof EntryProcessorException passed
                        ? passed
                        : new EntryProcessorException("the invocation failed: " + failure, failure));
    }

    /** A value. */
    record Value<T>(T get) implements ProcessorResult<T> {}

    /** An exception. */
    record Failure<T>(EntryProcessorException failure) implements ProcessorResult<T> {
        @Override
        public T get() {
            throw failure;
        }
    }
}
