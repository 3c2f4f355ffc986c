/**
 * The partition table: read so that it is never torn, written as one transaction with its checks. It must not know why it changes, nor who
 * the members are.
 */
@NullMarked
package io.fyercache.zookeeper.table;

import org.jspecify.annotations.NullMarked;
