/**
 * Which caches a cluster has: read so that names, numbers and the version of the list belong together, changed by transactions on that
 * version. It must not know what a definition says.
 */
@NullMarked
package io.fyercache.zookeeper.catalogue;

import org.jspecify.annotations.NullMarked;
