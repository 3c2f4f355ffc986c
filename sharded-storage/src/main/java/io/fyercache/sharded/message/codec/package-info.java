/**
 * Messages to bytes and back, within bounds. It must not know over what the bytes travel, nor what a message is good for.
 *
 * <p>{@link io.fyercache.sharded.message.codec.MessageCodec} is the entrance. Behind it stand the forms of each family of messages, and
 * the two ways to put forms together: one of several kinds ({@link io.fyercache.sharded.message.codec.TaggedForm}) and many of one kind
 * ({@link io.fyercache.sharded.message.codec.ListForm}).
 */
@NullMarked
package io.fyercache.sharded.message.codec;

import org.jspecify.annotations.NullMarked;
