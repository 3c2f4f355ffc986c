package io.fyercache.jdbc.mapping;

/** A column type met a value outside its range. The message is the expectation, free of the value, safe to show. */
final class UnexpectedValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnexpectedValueException(String expectation) {
        super(expectation);
    }
}
