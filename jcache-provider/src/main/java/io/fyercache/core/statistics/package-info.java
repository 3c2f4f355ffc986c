/** What a cache counts, exact at once, for every reader of the figures: JMX, metrics, HTTP. Knows only numbers. */
@NullMarked
package io.fyercache.core.statistics;

import org.jspecify.annotations.NullMarked;
