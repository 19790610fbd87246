package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;

/**
 * A browser at the pages of a ledger, without a window. When it is closed it fails if the console had an error, or if
 * anything was asked of another host. With {@code -Dscreenshots=true} it leaves pictures in {@code docs/images}.
 */
public final class Browser implements AutoCloseable {

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path IMAGES = Path.of("..", "docs", "images");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String[] OPTIONS = {
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-color-profile=srgb"
    };

    private static ChromeDriver running;

    private final ChromeDriver driver;
    private final String origin;
    private final List<String> expected = new ArrayList<>();

    private Browser(String origin, ChromeDriver driver) {
        this.driver = driver;
        this.origin = origin;
        size(1280, 800);
    }

    /** Opens one, or skips the test where there is none; where everything is tested that is a failure. */
    public static Browser at(HttpLedger ledger) {
        return at(ledger.uri("/"));
    }

    /** The same, at the pages of a ledger that is served below that address, which ends with a slash. */
    public static Browser at(URI address) {
        boolean installed = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed).as("Chromium and its driver are installed").isTrue();
        }
        assumeTrue(installed, "No Chromium with its driver is installed here");
        ChromeDriver driver = running();
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        Browser browser = new Browser(address.toString(), driver);
        browser.entries(LogType.BROWSER);
        browser.entries(LogType.PERFORMANCE);
        return browser;
    }

    /** Starting one takes longer than most tests: they use the same, one after the other. */
    private static synchronized ChromeDriver running() {
        if (running == null) {
            LoggingPreferences logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, Level.ALL);
            logs.enable(LogType.PERFORMANCE, Level.ALL);
            ChromeOptions options = new ChromeOptions();
            options.setBinary(CHROMIUM.toFile());
            options.addArguments(OPTIONS);
            options.setCapability("goog:loggingPrefs", logs);
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(DRIVER.toFile())
                    .usingAnyFreePort()
                    .build();
            running = new ChromeDriver(service, options);
            Runtime.getRuntime().addShutdownHook(new Thread(running::quit));
        }
        return running;
    }

    /** Goes to a page of the ledger. */
    public Browser go(String path) {
        settle();
        driver.get(origin + path.substring(1));
        return this;
    }

    /** Waits for an answer that is under way: a page that is left breaks it off, which the console takes for an error. */
    private void settle() {
        until(
                "no answer under way",
                () -> Boolean.TRUE.equals(driver.executeScript("return !document.querySelector('.htmx-request')")));
    }

    /** Shows pages as on a screen of that size. */
    public Browser size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        return this;
    }

    /** Shows pages light or dark, as their switch would. */
    public Browser theme(String theme) {
        driver.manage()
                .addCookie(new Cookie.Builder("swarm-ledger-theme", theme)
                        .path("/")
                        .build());
        settle();
        driver.navigate().refresh();
        return this;
    }

    /** The first element that a selector finds, once there is one. */
    public WebElement find(String selector) {
        until(selector, () -> !all(selector).isEmpty());
        return driver.findElement(By.cssSelector(selector));
    }

    /** The first that has that text. */
    public WebElement find(String selector, String text) {
        until(selector + " with " + text, () -> withText(selector, text) != null);
        return withText(selector, text);
    }

    private WebElement withText(String selector, String text) {
        try {
            return all(selector).stream()
                    .filter(one -> one.getText().contains(text))
                    .findFirst()
                    .orElse(null);
        } catch (StaleElementReferenceException renewed) {
            return null;
        }
    }

    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** What is to be read there. */
    public String text(String selector) {
        String[] read = new String[1];
        until(selector, () -> {
            try {
                read[0] = driver.findElement(By.cssSelector(selector)).getText();
                return true;
            } catch (StaleElementReferenceException | org.openqa.selenium.NoSuchElementException renewed) {
                return false;
            }
        });
        return read[0];
    }

    /** Waits until that text is to be read there. */
    public Browser awaitText(String selector, String text) {
        until(selector + " reads " + text, () -> text(selector).contains(text));
        return this;
    }

    /** Waits until the page follows the ledger. */
    public Browser awaitLive() {
        return awaitText("#live", "live");
    }

    /** Waits until what a page fetches after the rest is there. */
    public Browser awaitAll() {
        find("main");
        until("the rest", () -> all("[data-later]").isEmpty());
        return this;
    }

    /** Presses keys wherever the focus is. */
    public Browser press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
        return this;
    }

    /** What has the focus. */
    public WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Where the browser is, from the path on. */
    public String address() {
        URI uri = URI.create(driver.getCurrentUrl());
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    public Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    public void until(String what, BooleanSupplier condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition::getAsBoolean);
    }

    /** Refuses what axe finds, of whatever severity, in the light and in the dark. */
    public Browser checkAccessible() {
        for (String theme : List.of("light", "dark")) {
            theme(theme);
            awaitAll();
            driver.executeScript(axe());
            String found = (String) driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                    + "axe.run(document, {resultTypes: ['violations']}).then(result => done(JSON.stringify("
                    + "result.violations.map(one => one.id + ': '"
                    + " + one.nodes.slice(0, 5).map(node => node.html.slice(0, 200) + ' ' + node.failureSummary).join('; ')))),"
                    + " failure => done(JSON.stringify(['' + failure])));");
            assertThat(StreamSupport.stream(Json.mapper().readTree(found).spliterator(), false)
                            .map(JsonNode::asString))
                    .as("%s in the %s", address(), theme)
                    .isEmpty();
        }
        return this;
    }

    private static String axe() {
        try {
            return new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:META-INF/resources/webjars/axe-core/*/axe.min.js")[0].getContentAsString(
                            StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Leaves pictures of the page, light and dark, wide and narrow, if pictures are wanted. */
    public Browser picture(String name) {
        return pictures(name, true);
    }

    /** The same of a page that does not follow the ledger. */
    public Browser pictureAlone(String name) {
        return pictures(name, false);
    }

    private Browser pictures(String name, boolean isLive) {
        if (Boolean.getBoolean("screenshots")) {
            for (String theme : List.of("light", "dark")) {
                picture(name + "-" + theme, theme, 1280, 800, isLive);
            }
            picture(name + "-phone", "light", 390, 844, isLive);
            size(1280, 800);
        }
        return this;
    }

    private void picture(String name, String theme, int width, int height, boolean isLive) {
        size(width, height);
        theme(theme);
        if (isLive) {
            awaitLive();
        }
        awaitAll();
        script("document.activeElement.blur()");
        String png = (String) driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"))
                .get("data");
        try {
            Files.createDirectories(IMAGES);
            Files.write(IMAGES.resolve(name + ".png"), Base64.getDecoder().decode(png));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Requests to addresses like these fail from now on, and no others. */
    public Browser block(String... addresses) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
        return this;
    }

    /** The console may say that once, and it is no failure. */
    public Browser expectInConsole(String part) {
        expected.add(part);
        return this;
    }

    @Override
    public void close() {
        settle();
        List<String> errors = new ArrayList<>(errors());
        // What goes on in a page ends with it, before the service that it asks does; a request that it breaks off is no
        // fault.
        driver.get("about:blank");
        errors().stream().filter(error -> !error.contains("htmx:")).forEach(errors::add);
        assertThat(errors).as("errors in the console").isEmpty();
        assertThat(foreignRequests()).as("requests to other hosts").isEmpty();
    }

    private List<String> errors() {
        return entries(LogType.BROWSER)
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> expected.stream().noneMatch(message::contains))
                .toList();
    }

    private List<String> foreignRequests() {
        return entries(LogType.PERFORMANCE)
                .map(entry -> Json.mapper().readTree(entry.getMessage()).path("message"))
                .filter(message -> message.path("method").asString("").equals("Network.requestWillBeSent"))
                .map(message ->
                        message.path("params").path("request").path("url").asString(""))
                .filter(url -> url.matches("(?i)(https?|wss?|ftp):.*"))
                .filter(url -> !url.startsWith(origin))
                .toList();
    }

    private Stream<LogEntry> entries(String type) {
        return driver.manage().logs().get(type).getAll().stream();
    }

    /** The key that many pages listen to. */
    public static final CharSequence ESCAPE = Keys.ESCAPE;
}
