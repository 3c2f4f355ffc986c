package io.fyercache.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What surefire wrote about one run: its test cases, read from the {@code TEST-*.xml} files of one folder.
 *
 * @param testCases in the order of the files' names, then as they ran
 */
record TestReports(List<TestCase> testCases) {
    /** The TCK says so on its log, and then reports the test as passed. */
    private static final Pattern EXCLUDED = Pattern.compile("===== EXCLUDING TEST '[^']*'");

    TestReports {
        testCases = List.copyOf(testCases);
    }

    /** What became of a test; {@code NO_OP} is one that surefire counts as passed and that ran nothing. */
    enum Outcome {
        PASSED,
        NO_OP,
        SKIPPED,
        FAILED
    }

    /**
     * One test of a run.
     *
     * @param name the class, {@code #} and the method
     * @param output all it wrote to standard output and error
     */
    record TestCase(String name, Outcome outcome, String output) {
        Stream<String> lines(Pattern line) {
            return line.matcher(output).results().map(result -> result.group(1));
        }
    }

    /**
     * Reads the reports of a folder.
     *
     * @throws IOException if the folder is missing, or a report is no XML: a run whose reports cannot be read proves
     *     nothing
     */
    static TestReports read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .sorted()
                    .toList();
        }
        List<TestCase> testCases = new ArrayList<>();
        for (Path file : files) {
            NodeList elements = parse(file).getElementsByTagName("testcase");
            for (int i = 0; i < elements.getLength(); i++) {
                testCases.add(testCase((Element) elements.item(i)));
            }
        }
        return new TestReports(testCases);
    }

    private static Document parse(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("test report: " + file + " (expected: surefire's XML); run mvn clean verify", e);
        }
    }

    private static TestCase testCase(Element element) {
        StringBuilder output = new StringBuilder();
        Outcome outcome = Outcome.PASSED;
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            switch (child.getNodeName()) {
                case "system-out", "system-err" -> output.append(child.getTextContent());
                case "skipped" -> outcome = Outcome.SKIPPED;
                // Flaky and rerun ones failed at least once.
                case "failure", "error", "flakyFailure", "flakyError", "rerunFailure", "rerunError" ->
                    outcome = Outcome.FAILED;
                default -> {}
            }
        }
        Matcher excluded = EXCLUDED.matcher(output);
        if (outcome == Outcome.PASSED && excluded.find()) {
            outcome = Outcome.NO_OP;
        }
        String name = element.getAttribute("classname") + "#" + element.getAttribute("name");
        return new TestCase(name, outcome, output.toString());
    }
}
