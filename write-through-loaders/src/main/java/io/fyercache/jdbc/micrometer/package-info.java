/** Meters of what this module has, for users of Micrometer, which is optional; the only place that knows it. */
@NullMarked
package io.fyercache.jdbc.micrometer;

import org.jspecify.annotations.NullMarked;
