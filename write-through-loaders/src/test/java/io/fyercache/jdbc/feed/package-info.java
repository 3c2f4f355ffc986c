/** Tests of change feeds. */
package io.fyercache.jdbc.feed;
