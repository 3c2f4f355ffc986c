/** The roof: starts the management of a process. */
@NullMarked
package io.fyercache.management;

import org.jspecify.annotations.NullMarked;
