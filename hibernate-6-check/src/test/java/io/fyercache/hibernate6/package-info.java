/** What can be known of {@code fyercache-hibernate} on the class path of Hibernate 6.6 without running it. */
@NullMarked
package io.fyercache.hibernate6;

import org.jspecify.annotations.NullMarked;
