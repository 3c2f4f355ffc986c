package io.fyercache.management.access;

/**
 * Who asks for something.
 *
 * @param name by which the audit log calls it
 */
public record Caller(String name, Role role) {}
