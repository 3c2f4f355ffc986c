/** Tests of the keys of regions. */
@NullMarked
package io.fyercache.hibernate.key;

import org.jspecify.annotations.NullMarked;
