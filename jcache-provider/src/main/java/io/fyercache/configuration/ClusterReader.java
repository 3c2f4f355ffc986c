package io.fyercache.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads which cluster keeps the entries: its URI, or a map of the URI and the settings that would else be in its query. What the settings are, and
 * what is wrong with their values, is the engine's business. Every fault that can be seen here goes to the log.
 */
final class ClusterReader {
    private static final String URI_KEY = "uri";
    private static final String URI_EXPECTATION = "the URI of a cluster, such as zk://host:2181/orders?role=client";
    private static final String URI_REMEDY = "correct it, or remove the key to keep the entries in this process";
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    private final ScalarReader scalars;
    private final SectionReader reader;
    private final FaultLog faults;

    ClusterReader(ScalarReader scalars, SectionReader reader, FaultLog faults) {
        this.scalars = scalars;
        this.reader = reader;
        this.faults = faults;
    }

    /** Returns the URI with all settings in it; null when there is a fault. */
    @Nullable
    URI read(String path, Node node) {
        return node instanceof MappingNode ? readMap(path, node) : readUri(path, node);
    }

    private @Nullable URI readUri(String path, Node node) {
        String text = scalars.text(node, path, URI_EXPECTATION, URI_REMEDY);
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(text);
            if (uri.getScheme() != null && uri.getRawAuthority() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        faults.add(node, path, text, URI_EXPECTATION, URI_REMEDY);
        return null;
    }

    private @Nullable URI readMap(String path, Node node) {
        List<URI> uris = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        List<Node> places = new ArrayList<>();
        reader.forEachEntry(node, path, "a map of uri and settings", (key, keyNode, value) -> {
            String entryPath = path + "." + key;
            if (key.equals(URI_KEY)) {
                places.add(value);
                URI uri = readUri(entryPath, value);
                if (uri != null) {
                    uris.add(uri);
                }
            } else if (NAME.matcher(key).matches()) {
                String text =
                        scalars.text(value, entryPath, "a word or a number", "remove the setting to have its default");
                if (text != null) {
                    settings.add(key + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
                }
            } else {
                faults.add(keyNode, entryPath, "no name of a setting", "letters and digits", "correct the key");
            }
        });
        if (places.isEmpty()) {
            faults.add(node, path + "." + URI_KEY, "missing", URI_EXPECTATION, "add it");
        }
        return uris.isEmpty() ? null : with(uris.get(0), settings);
    }

    private static URI with(URI uri, List<String> settings) {
        if (settings.isEmpty()) {
            return uri;
        }
        return URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + String.join("&", settings));
    }
}
