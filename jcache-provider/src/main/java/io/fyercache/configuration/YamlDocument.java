package io.fyercache.configuration;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Text to YAML nodes, within limits and without making an object of any type.
 *
 * <p>A first pass over the events measures depth, aliases and documents, so that composing the nodes, which recurses, meets no surprises.
 */
final class YamlDocument {

    /** 1 Mi characters: thousands of caches with a dozen settings each, and no burden on memory. */
    static final int MAXIMUM_CHARACTERS = 1 << 20;

    /** Maps and lists within each other; the deepest setting needs 5. */
    static final int MAXIMUM_DEPTH = 16;

    /** Uses of {@code *anchors}: enough for one in each of many caches. */
    static final int MAXIMUM_ALIASES = 1_000;

    private static final String ROOT = "(file)";

    private YamlDocument() {}

    /** Returns the root of the only document; null when the text is empty or when faults were found. */
    static @Nullable Node read(String source, Reader reader, FaultLog faults) throws IOException {
        String text = readBounded(reader);
        if (text.length() > MAXIMUM_CHARACTERS) {
            faults.add(
                    Optional.empty(),
                    ROOT,
                    "more than " + MAXIMUM_CHARACTERS + " characters",
                    "at most " + MAXIMUM_CHARACTERS + " characters",
                    "split the caches over several managers, or name them by patterns");
            return null;
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(MAXIMUM_CHARACTERS)
                // Refused by the reader of maps, which knows the place.
                .setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(MAXIMUM_ALIASES)
                .build();
        try {
            return isWithinLimits(parser(settings, text), faults)
                    ? new Composer(settings, parser(settings, text))
                            .getSingleNode()
                            .orElse(null)
                    : null;
        } catch (MarkedYamlEngineException malformed) {
            faults.add(
                    malformed.getProblemMark(),
                    ROOT,
                    problemOf(malformed),
                    "YAML 1.2",
                    "correct the text at this place");
        } catch (YamlEngineException malformed) {
            faults.add(Optional.empty(), ROOT, firstLineOf(malformed), "YAML 1.2", "correct the text");
        }
        return null;
    }

    // Not by the facade for this in v2.api.lowlevel, which the module of the library does not export.
    private static Parser parser(LoadSettings settings, String text) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    private static String readBounded(Reader reader) throws IOException {
        char[] buffer = new char[8_192];
        StringBuilder text = new StringBuilder();
        int read = 0;
        while (read >= 0 && text.length() <= MAXIMUM_CHARACTERS) {
            text.append(buffer, 0, read);
            read = reader.read(buffer);
        }
        return text.toString();
    }

    private static boolean isWithinLimits(Parser events, FaultLog faults) {
        int depth = 0;
        int aliases = 0;
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> documents++;
                case Alias -> aliases++;
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {
                    // Scalars and the ends of the stream change no count.
                }
            }
            if (depth > MAXIMUM_DEPTH) {
                return refuse(
                        event, "nested deeper than " + MAXIMUM_DEPTH, "at most " + MAXIMUM_DEPTH + " levels", faults);
            }
            if (aliases > MAXIMUM_ALIASES) {
                return refuse(event, "more than " + MAXIMUM_ALIASES + " aliases", "at most " + MAXIMUM_ALIASES, faults);
            }
            if (documents > 1) {
                return refuse(event, "a second document", "one document", faults);
            }
        }
        return true;
    }

    private static boolean refuse(Event event, String value, String expectation, FaultLog faults) {
        faults.add(event.getStartMark(), ROOT, value, expectation, "remove what exceeds it");
        return false;
    }

    private static String problemOf(MarkedYamlEngineException malformed) {
        String problem = malformed.getProblem();
        return problem == null ? firstLineOf(malformed) : problem;
    }

    private static String firstLineOf(YamlEngineException malformed) {
        String message = malformed.getMessage();
        return message == null ? "malformed text" : message.lines().findFirst().orElse("malformed text");
    }
}
