package io.fyercache.node;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The browser that the distribution installs, without a window, used as a person does: by what the page is called, and by keys. */
final class Chromium implements AutoCloseable {
    private static final Pattern URL_OF_REQUEST = Pattern.compile("\"url\":\"((?:https?|wss?|ftp):[^\"]+)\"");
    private static final Path SCREENSHOTS = Path.of("..", "docs", "images");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts one.
     *
     * @throws IllegalStateException if none is installed
     */
    static Chromium start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed("chromium").toFile());
        options.addArguments(
                "--headless=new",
                "--lang=en-US",
                "--window-size=1280,1000",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                // The build may run as root, whom Chromium's sandbox refuses. It sees pages of this build alone.
                "--no-sandbox");
        options.setCapability(
                "goog:loggingPrefs",
                Map.of(LogType.PERFORMANCE, Level.ALL.getName(), LogType.BROWSER, Level.ALL.getName()));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(installed("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    private static Path installed(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name
                        + ": not found (expected: on the PATH); install it (Debian: apt install chromium chromium-driver), or leave the"
                        + " tests of the console out by -DexcludedGroups=browser"));
    }

    void open(String url) {
        driver.get(url);
    }

    void reload() {
        driver.navigate().refresh();
    }

    String address() {
        return driver.getCurrentUrl();
    }

    WebElement find(String id) {
        return driver.findElement(By.id(id));
    }

    String text(String id) {
        return find(id).getText();
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Chooses an option of a list by its first letters, as with the keyboard. */
    void choose(String id, String value) {
        find(id).findElement(By.cssSelector("option[value='" + value + "']")).click();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    Object runAsync(String script) {
        return driver.executeAsyncScript(script);
    }

    /** Has pages told that the user likes it dark, or light. */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Goes through all that Tab reaches, from the beginning of the page until it is there again, and returns the elements. */
    List<WebElement> tabThrough(int most) {
        run("document.activeElement.blur(); window.scrollTo(0, 0); getSelection().removeAllRanges();");
        List<WebElement> reached = new ArrayList<>();
        press(Keys.TAB);
        for (WebElement now = focused(); reached.size() < most; now = focused()) {
            if (now.getTagName().equals("body") || (!reached.isEmpty() && now.equals(reached.get(0)))) {
                return reached;
            }
            reached.add(now);
            press(Keys.TAB);
        }
        throw new AssertionError("Tab goes on and on: " + reached.size() + " elements");
    }

    /** Returns the hosts that pages have asked since this was called last. */
    List<String> hosts() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .flatMap(message -> URL_OF_REQUEST.matcher(message).results().map(found -> found.group(1)))
                .map(url -> URI.create(url).getAuthority())
                .distinct()
                .toList();
    }

    /** Returns what pages have complained of since this was called last: errors of programs, and what has not come or was not allowed. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Writes what is seen to a file of the documentation, if that was asked for: {@code -Dconsole.screenshots}. */
    void picture(String name) {
        if (System.getProperty("console.screenshots") == null) {
            return;
        }
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
