/**
 * A bus on Jakarta Messaging: one topic of any broker, heard by a subscription that ends with its connection. The only package that knows Jakarta
 * Messaging and JNDI. It does not know what the messages say.
 */
@NullMarked
package io.fyercache.jms;

import org.jspecify.annotations.NullMarked;
