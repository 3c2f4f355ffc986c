/**
 * The coordination port on ZooKeeper in virtual time. What is in the znodes, how it is read without being torn, and by which transactions it
 * is changed is as {@code docs/protocol.md} says; bytes are really encoded and decoded. It must not know what members do with what they hear.
 */
@NullMarked
package io.fyercache.testkit.coordination;

import org.jspecify.annotations.NullMarked;
