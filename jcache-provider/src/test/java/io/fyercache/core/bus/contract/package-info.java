/** What any bus does, and what caches that it keeps in step do, for the tests of the modules that have one. */
@NullMarked
package io.fyercache.core.bus.contract;

import org.jspecify.annotations.NullMarked;
