package io.fyercache.configuration;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/** The bytes of the expiry policies that a file can spell out: those of JSR-107, and the one with a time for each kind of operation. */
final class ExpiryForm {
    /** Beyond those of a {@link FactoryForm}, which are the forms of all other policies. */
    private static final int ETERNAL = 16;

    private static final int CREATED = 17;
    private static final int MODIFIED = 18;
    private static final int ACCESSED = 19;
    private static final int TOUCHED = 20;
    private static final int PER_OPERATION = 21;

    private static final int NO_DURATION = 0;
    private static final int ENDLESS = 1;
    private static final int MILLIS = 2;

    /** A kind and three durations. */
    private static final int LONGEST = 1 + 3 * 11;

    private ExpiryForm() {}

    /** Returns all there is to a policy; null if it is the user's own. */
    static byte @Nullable [] write(Factory<? extends ExpiryPolicy> factory) {
        // A singleton factory hands out what it holds; any other one would run the user's code.
        if (!(factory instanceof SingletonFactory<? extends ExpiryPolicy> singleton)) {
            return null;
        }
        ExpiryPolicy policy = singleton.create();
        if (policy instanceof EternalExpiryPolicy) {
            return form(ETERNAL, List.of());
        } else if (policy instanceof CreatedExpiryPolicy) {
            return form(CREATED, List.of(policy.getExpiryForCreation()));
        } else if (policy instanceof ModifiedExpiryPolicy) {
            return form(MODIFIED, List.of(policy.getExpiryForCreation()));
        } else if (policy instanceof AccessedExpiryPolicy) {
            return form(ACCESSED, List.of(policy.getExpiryForCreation()));
        } else if (policy instanceof TouchedExpiryPolicy) {
            return form(TOUCHED, List.of(policy.getExpiryForCreation()));
        } else if (policy instanceof PerOperationExpiry times) {
            ByteSink out = sink(PER_OPERATION);
            writeDuration(out, times.creation());
            writeDuration(out, times.update());
            writeDuration(out, times.access());
            return out.toBytes();
        }
        return null;
    }

    /** Tells whether a read of an entry may change when it expires: of a policy that is the user's own nobody knows that it does not. */
    static boolean mayChangeByReads(Factory<? extends ExpiryPolicy> factory) {
        if (!(factory instanceof SingletonFactory<? extends ExpiryPolicy> singleton)) {
            return true;
        }
        ExpiryPolicy policy = singleton.create();
        boolean isKnown = policy instanceof EternalExpiryPolicy
                || policy instanceof CreatedExpiryPolicy
                || policy instanceof ModifiedExpiryPolicy
                || policy instanceof PerOperationExpiry;
        return !isKnown || policy.getExpiryForAccess() != null;
    }

    private static byte[] form(int kind, List<Duration> durations) {
        ByteSink out = sink(kind);
        durations.forEach(duration -> writeDuration(out, duration));
        return out.toBytes();
    }

    private static IllegalArgumentException damaged(int position, int length, String found) {
        return new IllegalArgumentException(CacheSettings.EXPIRY.path() + ": damaged: byte " + position + " of "
                + length + " is " + found + "; the definition was made by another version");
    }

    private static ByteSink sink(int kind) {
        ByteSink out = new ByteSink(LONGEST, LONGEST, PortableSettings::tooLong);
        out.writeByte(kind);
        return out;
    }

    /** In milliseconds, as deadlines are: ten seconds and ten thousand milliseconds are the same time. */
    private static void writeDuration(ByteSink out, @Nullable Duration duration) {
        if (duration == null) {
            out.writeByte(NO_DURATION);
        } else if (duration.isEternal()) {
            out.writeByte(ENDLESS);
        } else {
            out.writeByte(MILLIS);
            out.writeNatural(duration.getTimeUnit().toMillis(duration.getDurationAmount()));
        }
    }

    /**
     * Returns the policy of a form; null if that is another policy's.
     *
     * @throws IllegalArgumentException if the bytes are damaged
     */
    static @Nullable Factory<? extends ExpiryPolicy> read(byte[] form) {
        if (form.length == 0 || form[0] < ETERNAL) {
            return null;
        }
        ByteSource in = new ByteSource(form, ExpiryForm::damaged);
        Factory<? extends ExpiryPolicy> policy = switch (in.readByte()) {
            case ETERNAL -> EternalExpiryPolicy.factoryOf();
            case CREATED -> with(in, CreatedExpiryPolicy::factoryOf);
            case MODIFIED -> with(in, ModifiedExpiryPolicy::factoryOf);
            case ACCESSED -> with(in, AccessedExpiryPolicy::factoryOf);
            case TOUCHED -> with(in, TouchedExpiryPolicy::factoryOf);
            case PER_OPERATION ->
                new SingletonFactory<>(
                        new PerOperationExpiry(requiredDuration(in), readDuration(in), readDuration(in)));
            default -> throw in.damaged("an unknown policy (expected: one of this version)");
        };
        in.finish();
        return policy;
    }

    private static Factory<ExpiryPolicy> with(ByteSource in, Function<Duration, Factory<ExpiryPolicy>> policy) {
        return policy.apply(requiredDuration(in));
    }

    private static Duration requiredDuration(ByteSource in) {
        Duration duration = readDuration(in);
        if (duration == null) {
            throw in.damaged("no duration (expected: one)");
        }
        return duration;
    }

    private static @Nullable Duration readDuration(ByteSource in) {
        return switch (in.readByte()) {
            case NO_DURATION -> null;
            case ENDLESS -> Duration.ETERNAL;
            case MILLIS -> new Duration(TimeUnit.MILLISECONDS, in.readNatural());
            default -> throw in.damaged("an unknown duration (expected: none, an endless one, or milliseconds)");
        };
    }
}
