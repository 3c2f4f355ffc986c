/**
 * The beans that JMX shows of a cache (JSR-107 chapter 11 and 12), and their registration at the platform's server. Knows a
 * configuration and counters, and nothing of the cache that they belong to.
 */
@NullMarked
package io.fyercache.jcache.management;

import org.jspecify.annotations.NullMarked;
