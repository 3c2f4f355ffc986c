/** What a process has counted, and how its cluster was, over the last hour. It must not know who asks. */
@NullMarked
package io.fyercache.management.history;

import org.jspecify.annotations.NullMarked;
