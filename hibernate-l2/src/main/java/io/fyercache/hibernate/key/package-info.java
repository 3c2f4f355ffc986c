/**
 * Keys of regions. It exists because a key in a cluster is known by its bytes: Hibernate's own keys hold arrays, and a hash code that another
 * process may compute differently.
 *
 * <p>Everything in a key is a single value or a record, which {@link io.fyercache.core.codec.CodecChain#encodeKey} admits if the identifier's
 * own class is fit for it.
 */
@NullMarked
package io.fyercache.hibernate.key;

import org.jspecify.annotations.NullMarked;
