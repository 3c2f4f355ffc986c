/**
 * What members and clients say to each other, as values. It must not know who sends or receives, when, or over what: a message says
 * nothing of its sender, because that is a matter of the connection it came by.
 */
@NullMarked
package io.fyercache.sharded.message;

import org.jspecify.annotations.NullMarked;
