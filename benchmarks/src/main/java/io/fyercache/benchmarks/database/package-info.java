/** What loaders and writers do on a real database: what batches save, and at what rate a cache writes behind. */
package io.fyercache.benchmarks.database;
