package io.fyercache.configuration;

import static io.fyercache.configuration.CacheSettings.EXPIRY_ACCESS;
import static io.fyercache.configuration.CacheSettings.EXPIRY_ACCESSED;
import static io.fyercache.configuration.CacheSettings.EXPIRY_CREATED;
import static io.fyercache.configuration.CacheSettings.EXPIRY_CREATION;
import static io.fyercache.configuration.CacheSettings.EXPIRY_MODIFIED;
import static io.fyercache.configuration.CacheSettings.EXPIRY_POLICY;
import static io.fyercache.configuration.CacheSettings.EXPIRY_TOUCHED;
import static io.fyercache.configuration.CacheSettings.EXPIRY_UPDATE;

import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads when entries expire: {@code eternal}, or a map. */
final class ExpiryReader {

    private static final String ETERNAL = "eternal";

    /** Each of these says everything by itself. */
    private static final List<Setting<?>> WHOLE =
            List.of(EXPIRY_CREATED, EXPIRY_MODIFIED, EXPIRY_ACCESSED, EXPIRY_TOUCHED, EXPIRY_POLICY);

    private final SectionReader sections;
    private final ScalarReader scalars;
    private final FaultLog faults;

    ExpiryReader(SectionReader sections, ScalarReader scalars, FaultLog faults) {
        this.sections = sections;
        this.scalars = scalars;
        this.faults = faults;
    }

    /** Returns what makes the policy; null when it is a fault. */
    @Nullable
    Factory<? extends ExpiryPolicy> read(Node node, String path) {
        String expectation = CacheSettings.EXPIRY.type().expectation();
        String remedy = CacheSettings.EXPIRY.remedy();
        if (!(node instanceof MappingNode map)) {
            String text = scalars.text(node, path, expectation, remedy);
            if (text != null && !text.equals(ETERNAL)) {
                faults.add(node, path, text, expectation, remedy);
            }
            return text != null && text.equals(ETERNAL) ? EternalExpiryPolicy.factoryOf() : null;
        }
        Section section = sections.read(node, Vocabulary.OF_EXPIRY, path);
        if (map.getValue().isEmpty()) {
            faults.add(node, path, "an empty map", expectation, remedy);
        }
        long stated =
                CacheSettings.EXPIRY_PARTS.stream().filter(section::mentions).count();
        if (stated > 1 && WHOLE.stream().anyMatch(section::mentions)) {
            List<String> keys = CacheSettings.EXPIRY_PARTS.stream()
                    .filter(section::mentions)
                    .map(part -> part.path().substring("expiry.".length()))
                    .toList();
            faults.add(node, path, String.join(", ", keys), expectation, "keep one of them");
            return null;
        }
        return stated == 0 || !section.unreadable().isEmpty() ? null : policy(section.values());
    }

    // EXPIRY_POLICY admits only classes that are, or make, an ExpiryPolicy.
    @SuppressWarnings("unchecked")
    private static Factory<? extends ExpiryPolicy> policy(SettingValues values) {
        Factory<?> policy = values.stated(EXPIRY_POLICY);
        if (policy != null) {
            return (Factory<? extends ExpiryPolicy>) policy;
        }
        Duration created = duration(values, EXPIRY_CREATED);
        if (created != null) {
            return CreatedExpiryPolicy.factoryOf(created);
        }
        Duration modified = duration(values, EXPIRY_MODIFIED);
        if (modified != null) {
            return ModifiedExpiryPolicy.factoryOf(modified);
        }
        Duration accessed = duration(values, EXPIRY_ACCESSED);
        if (accessed != null) {
            return AccessedExpiryPolicy.factoryOf(accessed);
        }
        Duration touched = duration(values, EXPIRY_TOUCHED);
        if (touched != null) {
            return TouchedExpiryPolicy.factoryOf(touched);
        }
        Duration creation = duration(values, EXPIRY_CREATION);
        return new FactoryBuilder.SingletonFactory<>(new PerOperationExpiry(
                creation == null ? Duration.ETERNAL : creation,
                duration(values, EXPIRY_UPDATE),
                duration(values, EXPIRY_ACCESS)));
    }

    private static @Nullable Duration duration(SettingValues values, Setting<java.time.Duration> part) {
        java.time.Duration stated = values.stated(part);
        return stated == null ? null : new Duration(TimeUnit.MILLISECONDS, stated.toMillis());
    }
}
