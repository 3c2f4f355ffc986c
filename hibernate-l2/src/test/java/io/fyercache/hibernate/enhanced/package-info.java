/** An entity whose class is enhanced before anybody has used it, and what does that. Nothing else: whoever names the class loads it as it was compiled. */
@NullMarked
package io.fyercache.hibernate.enhanced;

import org.jspecify.annotations.NullMarked;
