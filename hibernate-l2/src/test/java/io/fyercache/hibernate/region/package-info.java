/** Tests of regions by themselves. */
@NullMarked
package io.fyercache.hibernate.region;

import org.jspecify.annotations.NullMarked;
