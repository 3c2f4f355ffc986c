/** JSON to plain Java objects and back, within bounds; knows Jackson, alone. It makes no object of any class that its input names. */
@NullMarked
package io.fyercache.management.json;

import org.jspecify.annotations.NullMarked;
