/** What a process counts and measures, in the form of Prometheus; knows Micrometer. It must not know who asks. */
@NullMarked
package io.fyercache.management.metrics;

import org.jspecify.annotations.NullMarked;
