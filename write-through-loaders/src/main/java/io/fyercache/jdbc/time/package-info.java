/** The clock of this module: nothing else in it reads one. */
@NullMarked
package io.fyercache.jdbc.time;

import org.jspecify.annotations.NullMarked;
