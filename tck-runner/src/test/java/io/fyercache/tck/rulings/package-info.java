/**
 * Holds the provider to {@code docs/jsr107-rulings.md}: each test bears the number of the ruling that it proves. Written
 * against {@code javax.cache} alone, so that the rulings can be read, and tried on others, without knowing ours.
 */
@NullMarked
package io.fyercache.tck.rulings;

import org.jspecify.annotations.NullMarked;
