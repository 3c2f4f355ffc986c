/** Tests of timestamps. */
@NullMarked
package io.fyercache.hibernate.timestamp;

import org.jspecify.annotations.NullMarked;
