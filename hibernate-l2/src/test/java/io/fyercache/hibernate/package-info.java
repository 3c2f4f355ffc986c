/** Tests of the region factory, through session factories on a real database. */
@NullMarked
package io.fyercache.hibernate;

import org.jspecify.annotations.NullMarked;
