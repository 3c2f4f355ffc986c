package io.fyercache.sharded.message;

/** Whatever is sent over a connection. */
public sealed interface Message permits MemberMessage, ClientMessage {}
