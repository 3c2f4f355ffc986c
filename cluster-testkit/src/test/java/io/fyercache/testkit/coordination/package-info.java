/**
 * The life of a member with ZooKeeper in virtual time: the code that real members run, on a simulated ensemble; bytes are really encoded and
 * decoded. It must not know what members do with what they hear.
 */
@NullMarked
package io.fyercache.testkit.coordination;

import org.jspecify.annotations.NullMarked;
