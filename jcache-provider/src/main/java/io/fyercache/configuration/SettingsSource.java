package io.fyercache.configuration;

/** Who has written settings, and so what they may name. */
enum SettingsSource {
    /** Whoever runs the process: settings name classes whose objects it makes. */
    FILE,
    /** Whoever may manage the process: settings name types and values, and no class that anything is made of. */
    REQUEST
}
