/** What is told when a request is refused (RFC 9457): name, value, what was expected, what to do. It must not know how it is sent. */
@NullMarked
package io.fyercache.management.problem;

import org.jspecify.annotations.NullMarked;
