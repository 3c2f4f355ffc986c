/**
 * What JSR-107 asks of any loader and writer, whatever they reach their database by: batches of which all is written that can be, the
 * collection left as the specification has it, and one exception that tells the rest.
 *
 * <p>Inside of the module alone. It knows no connection and no statement; those who write are {@link
 * io.fyercache.jdbc.through.Transactions}.
 */
@NullMarked
package io.fyercache.jdbc.through;

import org.jspecify.annotations.NullMarked;
