/** Keys as text and values as JSON, for the types that have one plain meaning each. It must not know caches, nor HTTP. */
@NullMarked
package io.fyercache.management.entry;

import org.jspecify.annotations.NullMarked;
