package io.fyercache.sharded.coordination;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.core.bytes.FormSeal;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.engine.PortableDefinition.Setting;
import java.util.Map;
import java.util.TreeMap;

/**
 * The binary form of a cache's definition, for whoever keeps it: name, and the settings in the order of their names, each with its text and
 * its own form. What is read is not trusted, and no definition has two forms. What the settings say is not known here.
 */
public final class DefinitionForm {
    /** A definition has some dozens of settings, and the largest is an object of the user's. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The version of the format; the tag goes on behind those of the topology. */
    private static final FormSeal SEAL =
            new FormSeal("definition of a cache", 1, 5, MAX_BYTES, DefinitionFormatException::new);

    /** Bytes: three lengths. */
    private static final int MIN_SETTING_BYTES = 3;

    private DefinitionForm() {}

    /**
     * Returns the form.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MAX_BYTES}
     */
    public static byte[] encode(PortableDefinition definition) {
        ByteSink out = SEAL.begin();
        out.writeText(definition.name());
        out.writeUnsigned(definition.settings().size());
        definition.settings().forEach((name, setting) -> {
            out.writeText(name);
            out.writeText(setting.text());
            out.writeUnsigned(setting.form().length);
            out.writeBytes(setting.form());
        });
        return SEAL.close(out);
    }

    /**
     * Reads a definition.
     *
     * @throws DefinitionFormatException if the bytes are nothing that {@link #encode} wrote
     */
    public static PortableDefinition decode(byte[] bytes) {
        ByteSource in = SEAL.open(bytes);
        String name = in.readText();
        int count = in.readLength(MIN_SETTING_BYTES);
        TreeMap<String, Setting> settings = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String setting = in.readText();
            Map.Entry<String, Setting> last = settings.lastEntry();
            if (last != null && last.getKey().compareTo(setting) >= 0) {
                throw in.damaged("setting '" + setting + "' behind '" + last.getKey() + "' (expected: in order)");
            }
            String text = in.readText();
            settings.put(setting, new Setting(text, in.readBytes(in.readLength(1))));
        }
        in.finish();
        return new PortableDefinition(name, settings);
    }
}
