package io.fyercache.core.load;

/** Thrown when a value was not loaded because too many loads were under way for too long. The cache is unchanged. */
public final class LoadBudgetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadBudgetException(String message) {
        super(message);
    }
}
