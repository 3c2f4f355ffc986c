/** What every cache engine does, wherever its entries live: abstract tests that each engine passes. Other modules get them as a test jar. */
@NullMarked
package io.fyercache.core.engine.contract;

import org.jspecify.annotations.NullMarked;
