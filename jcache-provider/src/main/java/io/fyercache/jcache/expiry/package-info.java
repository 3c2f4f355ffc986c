/**
 * Expiry policies (JSR-107 chapter 6) as deadlines. Knows the policy and the time it is given; neither entries nor clocks.
 */
@NullMarked
package io.fyercache.jcache.expiry;

import org.jspecify.annotations.NullMarked;
