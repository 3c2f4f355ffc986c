/** What is there, as it is told: a cluster, its members, partitions and events, caches and what they count. It must not know how it is sent. */
@NullMarked
package io.fyercache.management.report;

import org.jspecify.annotations.NullMarked;
