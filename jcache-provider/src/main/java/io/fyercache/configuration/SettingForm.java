package io.fyercache.configuration;

import io.fyercache.core.engine.PortableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;

/** The values of settings as they travel. What a file spells out travels as its text; objects of the user's as {@link FactoryForm} has them. */
final class SettingForm {
    private final FactoryForm factories;

    SettingForm(FactoryForm factories) {
        this.factories = factories;
    }

    /**
     * Returns a value as it travels.
     *
     * @throws IllegalArgumentException if it cannot; says why
     */
    <T> PortableDefinition.Setting write(Setting<T> setting, T value) {
        if (value instanceof PortableFactory<?> received) {
            return received.travelled();
        } else if (value instanceof Factory<?> factory) {
            return write(setting, factory, text(setting, value));
        }
        return spelled(setting, value);
    }

    /** Returns a value that is {@linkplain #isSpelledOut spelled out} as it travels. */
    static <T> PortableDefinition.Setting spelled(Setting<T> setting, T value) {
        return new PortableDefinition.Setting(text(setting, value), bytes(spell(setting, value)));
    }

    /**
     * Returns a value as it travels that is {@linkplain #isSpelledOut spelled out}, or a policy that a file spells out.
     *
     * @throws IllegalArgumentException if it is an object of the user's
     */
    @SuppressWarnings("unchecked") // of Expiration settings, the values are factories of policies
    static <T> PortableDefinition.Setting plain(Setting<T> setting, T value) {
        if (!(setting.type() instanceof ValueType.Expiration)) {
            return spelled(setting, value);
        }
        byte[] expiry = ExpiryForm.write((Factory<? extends ExpiryPolicy>) value);
        if (expiry == null) {
            throw new IllegalArgumentException(setting.path() + ": " + text(setting, value)
                    + " (expected: times); use one of the policies of JSR-107");
        }
        return new PortableDefinition.Setting(text(setting, value), expiry);
    }

    /**
     * Returns the value that {@link #plain} has written.
     *
     * @throws IllegalArgumentException if the bytes are none
     */
    @SuppressWarnings("unchecked") // each type of values has one class
    static <T> T readPlain(Setting<T> setting, byte[] form) {
        if (!(setting.type() instanceof ValueType.Expiration)) {
            return read(setting, form);
        }
        Factory<? extends ExpiryPolicy> policy = ExpiryForm.read(form);
        if (policy == null) {
            throw new IllegalArgumentException(setting.path() + ": an object of the user's (expected: times)");
        }
        return (T) policy;
    }

    /** Returns what people are told of a value: of objects of the user's their class, and nothing that they hold. */
    @SuppressWarnings("unchecked") // of Expiration settings, the values are factories of policies
    static <T> String text(Setting<T> setting, T value) {
        if (setting.type() instanceof ValueType.Expiration
                && ExpiryForm.write((Factory<? extends ExpiryPolicy>) value) != null) {
            return ExpiryText.print((Factory<? extends ExpiryPolicy>) value);
        } else if (value instanceof Factory<?> factory) {
            return FactoryForm.text(factory);
        } else if (value instanceof Set<?> listeners) {
            return listeners.size() + (listeners.size() == 1 ? " listener" : " listeners");
        }
        return setting.type().print(value);
    }

    @SuppressWarnings(
            "unchecked") // of Expiration and Instance settings, the values are factories, of policies for the first
    private PortableDefinition.Setting write(Setting<?> setting, Factory<?> factory, String text) {
        byte[] expiry = setting.type() instanceof ValueType.Expiration
                ? ExpiryForm.write((Factory<? extends ExpiryPolicy>) factory)
                : null;
        return new PortableDefinition.Setting(text, expiry == null ? factories.write(factory) : expiry);
    }

    private static <T> String spell(Setting<T> setting, T value) {
        if (value instanceof Class<?> type) {
            return type.getName();
        } else if (value instanceof List<?> names) {
            return String.join(",", names.stream().map(String::valueOf).toList());
        }
        return setting.type().print(value);
    }

    /** Tells whether a value is one that {@link #plain} returns, and not an object of the user's. */
    @SuppressWarnings("unchecked") // of Expiration settings, the values are factories of policies
    static <T> boolean isPlain(Setting<T> setting, T value) {
        return setting.type() instanceof ValueType.Expiration
                ? ExpiryForm.write((Factory<? extends ExpiryPolicy>) value) != null
                : !(value instanceof Factory<?>);
    }

    /** Tells whether the values of a setting are neither classes nor objects of the user's. */
    static boolean isSpelledOut(Setting<?> setting) {
        return setting.type() instanceof ValueType.Scalar || setting.type() instanceof ValueType.Names;
    }

    /**
     * Returns the value of a setting that is {@linkplain #isSpelledOut spelled out}.
     *
     * @throws IllegalArgumentException if the bytes are none
     */
    @SuppressWarnings("unchecked") // each type of values has one class
    static <T> T read(Setting<T> setting, byte[] form) {
        String text = new String(form, StandardCharsets.UTF_8);
        ValueType<T> type = setting.type();
        Object value = null;
        if (type instanceof ValueType.Names) {
            value = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        } else if (type instanceof ValueType.Scalar<?> scalar) {
            value = scalar.parse(text);
        }
        if (value == null) {
            throw new IllegalArgumentException(
                    setting.path() + ": " + text + " (expected: " + type.expectation() + ")");
        }
        return (T) value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
