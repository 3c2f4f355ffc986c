package io.fyercache.jcache;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.LiveSettings;
import io.fyercache.configuration.ReceivedSettings;
import io.fyercache.core.engine.Adjustment;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.DefinitionReader;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.jcache.copy.Encoded;
import io.fyercache.jcache.integration.MadeWhenUsed;
import io.fyercache.jcache.integration.UserObjects;
import io.fyercache.jcache.integration.UserObjects.Making;
import java.util.SortedMap;

/**
 * Reads the caches that other processes have defined, so that this one can keep their entries.
 *
 * <p>Whatever is the user's is looked for and made when an operation needs it: loader, writer, policy, codecs, types. So a process without the
 * application's classes keeps entries as well as any other, and reading runs none of the user's code. Thread-safe.
 */
public final class ReceivedDefinitions implements DefinitionReader {
    private final ClassLoader classLoader;

    /** Reads with the classes that {@code classLoader} finds. */
    public ReceivedDefinitions(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    @Override
    public Hosted read(PortableDefinition portable, String host) {
        ReceivedSettings received = ReceivedSettings.read(portable, classLoader, host);
        FyerConfiguration<?, ?> configuration = received.configuration();
        String name = portable.name();
        Encoded form = new Encoded(
                name, new MadeWhenUsed<>(() -> ConfiguredForm.codec(name, configuration.serialization(), classLoader)));
        UserObjects userObjects = new UserObjects(name, Making.WHEN_USED);
        CacheAssembly assembly =
                new CacheAssembly(name, configuration, new MadeWhenUsed<>(received.valueType()), form, userObjects);
        return new Hosted(assembly.define(ChangeListeners.NONE), userObjects::close);
    }

    @Override
    public Adjustment adjustment(
            PortableDefinition portable, SortedMap<String, PortableDefinition.Setting> amended, String host) {
        FyerConfiguration<?, ?> defined =
                ReceivedSettings.read(portable, classLoader, host).configuration();
        return CacheAssembly.adjustment(
                portable.name(), LiveSettings.received(amended).appliedTo(defined));
    }
}
