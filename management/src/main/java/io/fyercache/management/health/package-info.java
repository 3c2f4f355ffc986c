/** Whether a process lives, and whether it is of use, with reasons in words. It must not know who asks. */
@NullMarked
package io.fyercache.management.health;

import org.jspecify.annotations.NullMarked;
