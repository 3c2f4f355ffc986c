/** Tests of slots and their moves. */
@NullMarked
package io.fyercache.hibernate.slot;

import org.jspecify.annotations.NullMarked;
