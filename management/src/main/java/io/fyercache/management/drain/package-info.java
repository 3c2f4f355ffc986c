/** Having a process hand over what it holds and end. It must not know who asks, nor how a process ends. */
@NullMarked
package io.fyercache.management.drain;

import org.jspecify.annotations.NullMarked;
