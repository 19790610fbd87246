package io.swarmledger.query.failure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cause that the message of an error tells of: what is left of it without what is different each time. It depends on
 * the message alone, so that a cause keeps its name.
 *
 * <p>Of JSON its type, code and message are taken; of many lines those that say what is wrong; of a stack the top frames
 * without their lines. Ids, times, paths, queries of addresses, hexadecimal and other numbers are blanked; so is what is
 * quoted, unless it is a phrase or names what is missing or wrong. The status of HTTP, codes of compilers and the names of
 * models stay. Hostile text costs no more than its length, and of a long one only the beginning counts.
 */
public final class Fingerprint {

    /** So much of a message is looked at. */
    public static final int MOST = 2_000;

    /** So much of it is shown. */
    public static final int SHOWN = 300;

    private static final String NONE = "(no message)";
    private static final int FRAMES = 2;
    private static final int IGNORING_CASE = Pattern.CASE_INSENSITIVE;

    private static final Pattern TAG = Pattern.compile("</?(?:tool_use_error|error|stdout|stderr|system-reminder)>");

    /** Named values of an object, whoever wrote it: hardly any message holds JSON that is whole, and Python quotes otherwise. */
    private static final Pattern FIELD =
            Pattern.compile("[\"'](?<name>type|code|status|status_?[cC]ode|reason|error|message|detail|title"
                    + "|error_description)[\"']\\s{0,9}+:\\s{0,9}+(?:\"(?<double>(?:[^\"\\\\]|\\\\.){1,1500}+)\"?+"
                    + "|'(?<single>(?:[^'\\\\]|\\\\.){1,1500}+)'?+|(?<number>\\d{1,9}+))");

    private static final Set<String> MESSAGES = Set.of("message", "detail", "title", "error_description");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[nrt]|(?<other>[^nrtu]))");

    private static final Pattern FRAME = Pattern.compile("^(?:\\s++at (?:async |new )?+(?<call>[^\\s(]{1,200}+)"
            + "|\\s*+File \"[^\"\\n]{1,300}+\", line \\d++(?:, in (?<python>\\S{1,200}+))?+)");

    private static final Pattern OF_THE_RUNTIME =
            Pattern.compile("^(?:node:|java\\.base/|java\\.|jdk\\.|process\\.|Module\\.|Object\\.<anonymous>).*");

    private static final Pattern CAUSED = Pattern.compile("^\\s*+Caused by: ");

    private static final Pattern TELLING = Pattern.compile(
            "error|fail|fatal|denied|not found|no such|cannot|can't|unable|exception|invalid|refused|timed? ?out|killed|abort",
            IGNORING_CASE);

    private static final Pattern ONLY_AN_EXIT =
            Pattern.compile("^(?:\\w+ ){0,4}exit(?:ed with)? (?:code|status):? \\d{1,9}+[.:]?$", IGNORING_CASE);

    private static final Pattern PREFIX = Pattern.compile("^(?:(?:uncaught )?(?:api )?error: ){1,3}+", IGNORING_CASE);

    private static final Pattern ADDRESS = Pattern.compile(
            "\\b(?<host>[a-z][a-z0-9+]{1,15}+://[^\\s/'\"<>?#)]{1,200}+)[^\\s'\"<>)]{0,1000}+", IGNORING_CASE);

    private static final Pattern TIME = Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}"
            + "(?:[T ]\\d{2}:\\d{2}(:\\d{2}([.,]\\d{1,9})?)?(Z|[+-]\\d{2}:?\\d{2}| UTC)?)?\\b"
            + "|\\b\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?\\b");

    private static final Pattern UUID =
            Pattern.compile("\\b\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}\\b");

    private static final Pattern QUOTED = Pattern.compile("(?<before>(?:\\b[\\p{L}_]{1,30}+:? )?+)"
            + "(?:\"(?<double>[^\"\\n]{1,500}+)\"|`(?<back>[^`\\n]{1,500}+)`"
            + "|(?<![\\p{L}\\p{N}])'(?<single>[^'\\n]{1,500}+)'(?![\\p{L}\\p{N}]))");

    /** What is quoted behind such a word is what is missing or wrong. */
    private static final Pattern NAMES_WHAT = Pattern.compile(
            "(?:KeyError|modules?|named|package|command|option|argument|flag|parameter|key|model|remote|branch|pathspec|table|column|relation"
                    + "|database|role|user|property|attribute|plugin|type|symbol|target|script|scope|permission|function|method"
                    + "|tool|field|variable|image|name|identifier|crate|dependency|extension|binary|program):? ",
            IGNORING_CASE);

    private static final Pattern NAME = Pattern.compile("[\\p{L}_$@-][\\p{L}\\p{N}_$@.:/-]{0,59}+");

    private static final Pattern PHRASE =
            Pattern.compile("[\\p{L}'_-]{1,40}+(?:[,:;]?+ [\\p{L}'_-]{1,40}+){1,11}+[.!]?+");

    private static final Pattern CODE_WORD =
            Pattern.compile("[a-z]{2,30}+(?:_[a-z]{2,30}+){1,6}+|[A-Z]{3,30}+(?:_[A-Z]{1,30}+){0,6}+");

    private static final String NOT_WITHIN_A_PATH = "(?<![\\p{L}\\p{N}_./\\\\<-])";
    private static final String LINE = "(?::\\d++(?::\\d++)?+|\\(\\d++,\\d++\\))";

    private static final Pattern PATH = Pattern.compile(NOT_WITHIN_A_PATH
            + "(?:(?:[A-Za-z]:\\\\|~?\\.{0,2}/)(?:[\\p{L}\\p{N}_.@~+-]{1,200}+[/\\\\]?+){1,50}+"
            + "|(?:[\\p{L}\\p{N}_@+-][\\p{L}\\p{N}_.@+-]{0,99}+[/\\\\]){1,50}+[\\p{L}\\p{N}_@+-]{1,100}+(?:\\.[A-Za-z]{1,8}+){1,3}+"
            + "|[\\p{L}\\p{N}_.@+-]{1,100}+(?<=\\.[A-Za-z]{1,8})(?=" + LINE + "))" + LINE + "?+");

    /** The kind of a thing, and letters and digits in turn: {@code req_011CSHoEeqs5C35K2UUqR7Fy}. */
    private static final Pattern ID_OF_A_KIND = Pattern.compile(
            "\\b(?:[A-Za-z]{2,12}+[_-](?=[A-Za-z0-9]{0,62}\\d)(?=[A-Za-z0-9]{0,62}[A-Za-z])[A-Za-z0-9]{6,64}+"
                    // Of these kinds however short.
                    + "|(?i:req|request|toolu|msg|chatcmpl|sess|session|trace|span)[_-](?=[A-Za-z0-9]{0,62}\\d)[A-Za-z0-9]{2,64}+)\\b");

    private static final Pattern HEX = Pattern.compile(
            "\\b0[xX]\\p{XDigit}{1,64}+\\b|\\b(?=\\p{XDigit}{0,63}\\d)(?=\\p{XDigit}{0,63}[A-Fa-f])\\p{XDigit}{6,64}+\\b");

    private static final Pattern RANDOM =
            Pattern.compile("\\b(?=[A-Za-z]{0,40}\\d{1,40}[A-Za-z]{1,40}\\d)[A-Za-z0-9]{10,64}+\\b");

    private static final String MODELS = "(?:claude|gpt|gemini|llama|mistral|deepseek|qwen|grok)";

    private static final Pattern NUMBER = Pattern.compile("(?<kept>(?<![\\p{L}\\p{N}])(?i:" + MODELS
            + "-?\\d[\\w.-]{0,60}+|" + MODELS + "-[a-z][\\w.-]{0,60}+|o\\d(?:-\\w{1,20})?+)(?<![.-])"
            + "|\\b(?i:status(?: code)?|https?(?:/\\d(?:\\.\\d)?)?|code)[ :=]{1,2}\\(?[45]\\d{2}\\b(?![.,:]?\\d)"
            + "|\\([45]\\d{2}\\)|^[45]\\d{2}\\b(?=[\\s:,-]|$)"
            + "|\\b[45]\\d{2}(?= (?:Too|Not|Bad|Unauthor|Forbid|Internal|Service|Gateway|Payment|Conflict|Overload|Request))"
            + "|\\b(?i:signal):? \\d{1,3}\\b"
            + "|\\b(?:[A-Z]{1,6}\\d{3,6}|ORA-\\d{5}|SQLSTATE[ \\[:]{1,2}[0-9A-Z]{5})\\b"
            + ")|\\d++(?:[.,]\\d++)*+");

    /** The same service says now {@code 604ms} and then {@code 1.77s}. */
    private static final Pattern DURATION =
            Pattern.compile("(?:<n> ?(?:ns|us|µs|ms|sec|secs|s|m|min|h)\\b ?){1,4}+(?<=(?<blank> )|.)");

    private static final Pattern BLANKS = Pattern.compile("\\s++");

    private Fingerprint() {}

    /** The same for messages that tell of the same cause; of {@code null} it says that there is none. */
    public static String of(String message) {
        return of(message, null);
    }

    /**
     * The same for errors that have the same cause.
     *
     * @param stack as it was told beside the message, if it was; of one within the message the same is taken
     */
    public static String of(String message, String stack) {
        if (message == null || message.isBlank()) {
            return NONE;
        }
        Told told = Told.by(TAG.matcher(read(cut(message, MOST))).replaceAll(" "));
        List<String> frames = told.frames.isEmpty() && stack != null ? Told.by(cut(stack, MOST)).frames : told.frames;
        String cause = blanked(told.said());
        String at = frames.isEmpty() ? "" : " at " + blanked(String.join(" < ", frames));
        return cause.isEmpty() ? NONE : cut(cause + at, SHOWN);
    }

    /** The beginning, no character cut in two. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }

    /** With what is written as an object put into words. */
    private static String read(String message) {
        int begins = message.indexOf('{');
        if (begins < 0) {
            return message;
        }
        String before = message.substring(0, begins).strip();
        Set<String> kinds = new LinkedHashSet<>();
        String said = null;
        Matcher field = FIELD.matcher(message.substring(begins));
        while (field.find()) {
            String value = valueOf(field);
            if (field.group("number") != null) {
                if (!before.contains(value)) {
                    kinds.add("status " + value);
                }
            } else if (MESSAGES.contains(field.group("name")) || value.indexOf(' ') >= 0) {
                said = said == null ? read(value) : said;
            } else if (!value.equals("error")) {
                kinds.add(value);
            }
        }
        if (said == null && kinds.isEmpty()) {
            return message;
        }
        String kind = String.join(" ", kinds);
        String told = said == null ? kind : kind.isEmpty() ? said : kind + ": " + said;
        return before.isEmpty() ? told : before + " " + told;
    }

    private static String valueOf(Matcher field) {
        String quoted = field.group("double") != null ? field.group("double") : field.group("single");
        return quoted == null
                ? field.group("number")
                : ESCAPE.matcher(quoted)
                        .replaceAll(one -> one.group(1) == null ? " " : Matcher.quoteReplacement(one.group(1)));
    }

    /**
     * The lines of a message.
     *
     * @param lines that say something
     * @param frames the top ones of the stack, the top one first
     */
    private record Told(List<String> lines, List<String> frames) {

        static Told by(String text) {
            List<String> lines = new ArrayList<>();
            List<String> frames = new ArrayList<>();
            boolean isPython = false;
            for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
                Matcher frame = FRAME.matcher(line);
                if (frame.find()) {
                    isPython = frame.group("call") == null;
                    String call = isPython ? frame.group("python") : frame.group("call");
                    if (call != null && !OF_THE_RUNTIME.matcher(call).matches()) {
                        frames.add(isPython ? 0 : frames.size(), call);
                    }
                } else if (CAUSED.matcher(line).find()) {
                    lines.clear();
                    frames.clear();
                    lines.add(CAUSED.matcher(line).replaceFirst(""));
                } else if (!(isPython && Character.isWhitespace(line.charAt(0)))
                        && !line.startsWith("Traceback (most")) {
                    lines.add(line);
                }
            }
            return new Told(lines, frames.subList(0, Math.min(FRAMES, frames.size())));
        }

        String said() {
            if (lines.isEmpty()) {
                return "";
            }
            String first = lines.get(0).strip();
            boolean isOnlyAnExit = ONLY_AN_EXIT.matcher(first).find();
            if (lines.size() == 1
                    || !isOnlyAnExit
                            && !first.endsWith(":")
                            && TELLING.matcher(first).find()) {
                return first;
            }
            String telling = lines.subList(1, lines.size()).stream()
                    .filter(line -> TELLING.matcher(line).find())
                    .findFirst()
                    .orElse(isOnlyAnExit ? lines.get(1) : "");
            return first + (first.endsWith(":") || telling.isEmpty() ? " " : ": ") + telling.strip();
        }
    }

    private static String blanked(String text) {
        String left = PREFIX.matcher(text).replaceFirst("");
        left = ADDRESS.matcher(left).replaceAll("${host}");
        left = TIME.matcher(left).replaceAll("<time>");
        left = UUID.matcher(left).replaceAll("<id>");
        left = QUOTED.matcher(left).replaceAll(quoted -> Matcher.quoteReplacement(unquoted(quoted)));
        left = PATH.matcher(left).replaceAll("<path>");
        left = ID_OF_A_KIND.matcher(left).replaceAll("<id>");
        left = HEX.matcher(left).replaceAll("<hex>");
        left = RANDOM.matcher(left).replaceAll("<id>");
        left = NUMBER.matcher(left).replaceAll(number -> number.group(1) == null ? "<n>" : "$1");
        left = DURATION.matcher(left).replaceAll("<duration>$1");
        return BLANKS.matcher(left).replaceAll(" ").strip();
    }

    private static String unquoted(MatchResult quoted) {
        String before = quoted.group(1);
        String text =
                quoted.group(2) != null ? quoted.group(2) : quoted.group(3) != null ? quoted.group(3) : quoted.group(4);
        boolean saysWhat =
                NAMES_WHAT.matcher(before).matches() && NAME.matcher(text).matches();
        return before
                + (saysWhat
                                || PHRASE.matcher(text).matches()
                                || CODE_WORD.matcher(text).matches()
                        ? "'" + text + "'"
                        : "<text>");
    }
}
