/** What loaders and writers do on a real database: what batches save, and at what rate a cache writes behind. */
@NullMarked
package io.fyercache.benchmarks.database;

import org.jspecify.annotations.NullMarked;
