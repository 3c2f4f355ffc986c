/**
 * What happens to a cluster that its operators, and applications, should know of: lost partitions, takeovers, members that come and go. It must not
 * know how any of it is found out or brought about, but for what can be seen from one picture to the next; no thread, no clock.
 */
@NullMarked
package io.fyercache.sharded.event;

import org.jspecify.annotations.NullMarked;
