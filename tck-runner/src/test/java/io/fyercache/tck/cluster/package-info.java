/** Where the TCK runs on the processes of a cluster. The cluster knows nothing of it, and the TCK finds it by a configuration file as any application would. */
@NullMarked
package io.fyercache.tck.cluster;

import org.jspecify.annotations.NullMarked;
