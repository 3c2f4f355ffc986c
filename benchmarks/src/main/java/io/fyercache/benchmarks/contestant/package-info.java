/**
 * Who is measured: FyerCache, its peers behind the javax.cache API, and two bare maps as limits.
 *
 * <p>It exists to open each of them with equal terms: unbounded, on the heap or wherever the peer's default is, on loopback, alone or as
 * members of a cluster. It must not know what is measured.
 */
@NullMarked
package io.fyercache.benchmarks.contestant;

import org.jspecify.annotations.NullMarked;
