/**
 * The figures of a cache as Micrometer meters. The only package that knows Micrometer, which is an optional dependency: nothing else
 * in this module refers to it.
 */
@NullMarked
package io.fyercache.micrometer;

import org.jspecify.annotations.NullMarked;
