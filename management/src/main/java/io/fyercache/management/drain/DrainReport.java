package io.fyercache.management.drain;

/**
 * How far a process is with handing over.
 *
 * @param state {@code none} if it was not asked to, {@code draining}, or {@code drained} if it ends now
 * @param partitionsHeld that it has in sync, those that it leads included; if there are any when it is drained, its time for leaving was over
 * @param partitionsLed of which it is the primary
 */
public record DrainReport(String state, int partitionsHeld, int partitionsLed) {}
