/** Who is there: the members' znodes as {@code MembersPresent}. It must not know the table, nor who controls it. */
@NullMarked
package io.fyercache.zookeeper.membership;

import org.jspecify.annotations.NullMarked;
