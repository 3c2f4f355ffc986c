/**
 * A small Spring Boot application, as a user of FyerCache writes it.
 *
 * <p>It must not know that it is looked at: no class here imports one of ours. Its caches come through Spring's annotations and Boot's
 * properties, as in any application that changes its provider by changing a dependency.
 */
@NullMarked
package io.fyercache.bookshop;

import org.jspecify.annotations.NullMarked;
