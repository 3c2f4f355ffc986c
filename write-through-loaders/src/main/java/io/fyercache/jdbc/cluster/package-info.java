/**
 * What a cluster of FyerCache tells writers of its caches. FyerCache is optional, and this is the only place that knows it.
 */
@NullMarked
package io.fyercache.jdbc.cluster;

import org.jspecify.annotations.NullMarked;
