/**
 * Figures of regions in Micrometer. A package of its own because Micrometer is optional: nothing else of this module needs it.
 */
@NullMarked
package io.fyercache.hibernate.micrometer;

import org.jspecify.annotations.NullMarked;
