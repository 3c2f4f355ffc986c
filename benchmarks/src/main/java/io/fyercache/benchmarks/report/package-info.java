/**
 * Tables and charts of what was measured.
 *
 * <p>It exists to show results as they are, missed targets and gaps included. It must not know how anything was measured.
 */
@NullMarked
package io.fyercache.benchmarks.report;

import org.jspecify.annotations.NullMarked;
