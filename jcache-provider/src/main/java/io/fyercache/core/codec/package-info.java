/**
 * Values to bounded bytes and back: the only place of the code base where an object becomes bytes or bytes become an
 * object.
 *
 * <p>It exists so that every stream obeys one {@link io.fyercache.core.codec.ClassFilter} and one set of
 * {@link io.fyercache.core.codec.CodecLimits}, whichever door the bytes came through. It must not know JSR-107, caches,
 * entries, threads or sockets.
 *
 * <p>{@link io.fyercache.core.codec.CodecChain} is the entrance. Behind it stand, in this order, the codecs that the user
 * brings ({@link io.fyercache.core.codec.ValueCodec}), the compact built-in form, and Java serialization behind a filter.
 * The first byte of an encoded value names which of them wrote it.
 */
@NullMarked
package io.fyercache.core.codec;

import org.jspecify.annotations.NullMarked;
