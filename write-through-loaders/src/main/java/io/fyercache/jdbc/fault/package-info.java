/**
 * How settings are rejected: every fault of a builder at once, each with name, value, expectation and remedy.
 *
 * <p>The ground of this module. It knows nothing of JDBC or JCache.
 */
@NullMarked
package io.fyercache.jdbc.fault;

import org.jspecify.annotations.NullMarked;
