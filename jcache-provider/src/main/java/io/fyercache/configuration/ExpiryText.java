package io.fyercache.configuration;

import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** The text form of the policies that JSR-107 brings, as a file has it; others are described by their own {@code toString()}. */
final class ExpiryText {

    private ExpiryText() {}

    static String print(Factory<? extends ExpiryPolicy> factory) {
        // A singleton factory hands out what it holds; any other one would run the user's code.
        return factory instanceof FactoryBuilder.SingletonFactory<?> singleton
                ? print(singleton.create())
                : String.valueOf(factory);
    }

    private static String print(Object policy) {
        if (policy instanceof EternalExpiryPolicy) {
            return "eternal";
        }
        if (policy instanceof CreatedExpiryPolicy created) {
            return print("created", created.getExpiryForCreation());
        }
        if (policy instanceof ModifiedExpiryPolicy modified) {
            return print("modified", modified.getExpiryForCreation());
        }
        if (policy instanceof AccessedExpiryPolicy accessed) {
            return print("accessed", accessed.getExpiryForCreation());
        }
        if (policy instanceof TouchedExpiryPolicy touched) {
            return print("touched", touched.getExpiryForCreation());
        }
        return String.valueOf(policy);
    }

    private static String print(String kind, Duration duration) {
        return "{ " + kind + ": " + print(duration) + " }";
    }

    /** Returns the text of a duration, {@code eternal} for the one without an end. */
    static String print(Duration duration) {
        return duration.isEternal()
                ? "eternal"
                : DurationText.print(java.time.Duration.of(
                        duration.getDurationAmount(), duration.getTimeUnit().toChronoUnit()));
    }
}
