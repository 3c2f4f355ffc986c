/** Endpoints that applications add to the API. */
@NullMarked
package io.fyercache.management.extension;

import org.jspecify.annotations.NullMarked;
