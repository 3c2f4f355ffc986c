package io.fyercache.core.codec;

import java.io.Serial;

/**
 * Says that the built-in form cannot hold a value exactly as Java serialization would, so that the whole value goes there.
 * Never leaves this package.
 */
final class Declined extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates one without a stack trace, which is most of what an exception costs. */
    Declined() {
        super(null, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    }
}
