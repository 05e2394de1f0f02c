package dev.gert.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final long SEED = Long.getLong("gert.seed", 20260102L);
    private static final RedactRule PASSWORD = rule("password=([^&]+)", "password=***");

    static RedactRule rule(String pattern, String replace) {
        Diagnostics diagnostics = new Diagnostics();
        RedactRule rule = RedactRule.parse(scalar(pattern), scalar(replace), diagnostics);
        assertThat(diagnostics.hasErrors()).isFalse();
        return requireNonNull(rule);
    }

    static YamlNode.Scalar scalar(String text) {
        return new YamlNode.Scalar(
                text, YamlNode.Scalar.Kind.TEXT, Source.of("x.yaml", text).span(0, text.length()));
    }

    private static Redactor rules(RedactRule... rules) {
        return Redactor.of(List.of(rules));
    }

    private static String safe(Redactor redactor, String raw) {
        return redactor.safe(raw).text();
    }

    /** The whole input in chunks of {@code chunk} bytes. */
    private static byte[] stream(Redactor redactor, byte[] input, int chunk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RedactingStream stream = redactor.stream(out::write);
        for (int i = 0; i < input.length; i += chunk) {
            stream.write(input, i, Math.min(chunk, input.length - i));
        }
        stream.finish();
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aRulePutsItsLiteralTextInPlaceOfTheMatch() {
        Redactor redactor = rules(PASSWORD, rule("tok_[a-z]+", "$0 \\1 {gone}"));
        assertThat(safe(redactor, "a=1&password=abc&b=2\npassword=x\n"))
                .isEqualTo("a=1&password=***&b=2\npassword=***\n");
        assertThat(safe(redactor, "see tok_abc.")).isEqualTo("see $0 \\1 {gone}.");
        assertThat(redactor.safe("password=abc").redacted()).isTrue();
    }

    @Test
    void nothingToTakeOutIsNotRedacted() {
        Redactor redactor = rules(PASSWORD).withSecret("hunter22");
        assertThat(redactor.safe("nothing here").redacted()).isFalse();
        assertThat(redactor.safe("").text()).isEmpty();
        assertThat(redactor.safe("password=***").redacted())
                .as("it was so before")
                .isFalse();
        String odd = "lone \uD800 surrogate";
        assertThat(safe(redactor, odd)).isEqualTo(odd);
    }

    @Test
    void aCaptureKeepsItsRawValueBesideWhatIsShown() {
        Captured captured = rules().withSecret("hunter22").capture("it is hunter22");
        assertThat(captured.raw()).isEqualTo("it is hunter22");
        assertThat(captured.shown().text()).isEqualTo("it is ***");
        assertThat(captured.shown().redacted()).isTrue();
    }

    @Test
    void secretsAreFoundEverywhereAndOverlappingOnesTogether() {
        Redactor redactor = rules().withSecret("abcd").withSecret("cdefgh").withSecret("abcdefghij");
        assertThat(safe(redactor, "xabcdx")).isEqualTo("x***x");
        assertThat(safe(redactor, "abcdefgh!")).as("two that overlap").isEqualTo("***!");
        assertThat(safe(redactor, "abcdefghij!")).as("the longest").isEqualTo("***!");
        assertThat(safe(redactor, "abcdefghi!"))
                .as("a broken one leaves no whole one")
                .isEqualTo("***i!");
        assertThat(safe(redactor, "abcdabcd")).isEqualTo("******");
        assertThat(safe(rules().withSecret("aaab"), "aaaaaab")).isEqualTo("aaa***");
        assertThat(safe(rules().withSecret("abab"), "xababab")).isEqualTo("x***");
    }

    @Test
    void aSecretMayHoldLinesAndLettersOfAnyKind() {
        Redactor redactor =
                rules(PASSWORD).withSecret("-----KEY\nligne d'été\u20ac\n-----").withSecret("  geheim  \n");
        assertThat(safe(redactor, "a -----KEY\nligne d'été\u20ac\n----- b geheim c"))
                .isEqualTo("a *** b *** c");
    }

    @Test
    void secretsTooShortToHideAreLeft() {
        assertThat(safe(rules().withSecret("abc").withSecret("").withSecret("   "), "abc  "))
                .isEqualTo("abc  ");
        assertThat(safe(rules().withSecret("1234"), "PIN 1234")).isEqualTo("PIN ***");
    }

    @Test
    void everyRuleReadsTheSameTextSoThatOneMoreNeverShowsMore() {
        RedactRule user = rule("user=\\w+", "user=***");
        RedactRule pair = rule("user=\\w+&token=\\w+", "[pair]");
        assertThat(safe(rules(pair), "user=ann&token=abc.")).isEqualTo("[pair].");
        assertThat(safe(rules(user, pair), "user=ann&token=abc.")).isEqualTo("user=***.");
        assertThat(safe(rules(pair, user), "user=ann&token=abc.")).isEqualTo("[pair].");
        assertThat(safe(rules(rule("b+", "B"), rule("abb", "A")), "xabbbc")).isEqualTo("xAc");
    }

    @Test
    void emptyMatchesTakeNothingOut() {
        assertThat(safe(rules(rule("x*", "!")), "axxb")).isEqualTo("a!b");
        assertThat(safe(rules(rule("^|$|\\b", "!")), "ab cd")).isEqualTo("ab cd");
    }

    @Test
    void patternsSeeALineAtATimeWithoutItsEnd() {
        Redactor redactor = rules(rule("^secret.*$", "-"), rule("end$", "+"));
        assertThat(safe(redactor, "secret a\r\nsecret b\nnot secret\nthe end\r\nend\n\nend of"))
                .isEqualTo("-\r\n-\nnot secret\nthe +\r\n+\n\nend of");
        assertThat(safe(rules(rule("a(?s:.)b", "-")), "a\nb")).isEqualTo("a\nb");
    }

    @Test
    void whatIsNotUtf8IsKeptAsBytesAndHidesNothing() {
        byte[] input = {
            'a',
            (byte) 0xC3,
            'p',
            'a',
            's',
            's',
            'w',
            'o',
            'r',
            'd',
            '=',
            (byte) 0xFF,
            (byte) 0xE2,
            (byte) 0x82,
            '&',
            (byte) 0xED,
            (byte) 0xA0,
            (byte) 0x80,
            (byte) 0xF0,
            (byte) 0x9F,
            '\n',
            (byte) 0x80,
            '\n'
        };
        byte[] wanted = {
            'a',
            (byte) 0xC3,
            'p',
            'a',
            's',
            's',
            'w',
            'o',
            'r',
            'd',
            '=',
            '*',
            '*',
            '*',
            '&',
            (byte) 0xED,
            (byte) 0xA0,
            (byte) 0x80,
            (byte) 0xF0,
            (byte) 0x9F,
            '\n',
            (byte) 0x80,
            '\n'
        };
        for (int chunk = 1; chunk <= input.length; chunk++) {
            assertThat(stream(rules(PASSWORD), input, chunk)).isEqualTo(wanted);
        }
        byte[] cut = {'=', (byte) 0xE2, (byte) 0x82};
        assertThat(stream(rules(rule("=.", "!")), cut, 1)).isEqualTo(new byte[] {'!', (byte) 0x82});
    }

    @Test
    void bytesComeBackAsTheyWere() {
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            for (int i = 0; i < bytes.length; i++) {
                int kind = random.nextInt(4);
                bytes[i] = (byte) (kind == 0 ? random.nextInt(256) : kind == 1 ? 0xE2 : kind == 2 ? 0x82 : 0xAC);
            }
            String text = ByteText.decode(bytes, 0, bytes.length);
            assertThat(ByteText.encode(text, 0, text.length()))
                    .as("seed %s", SEED)
                    .isEqualTo(bytes);
            assertThat(ByteText.length(text, 0, text.length())).isEqualTo(bytes.length);
            assertThat(new String(bytes, StandardCharsets.UTF_8).replace("\uFFFD", ""))
                    .isEqualTo(withoutEscapes(text));
        }
        for (int c : new int[] {0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
            String text = new String(Character.toChars(c));
            assertThat(ByteText.encode(text, 0, text.length())).isEqualTo(utf8(text));
            assertThat(ByteText.decode(utf8(text), 0, utf8(text).length)).isEqualTo(text);
        }
    }

    private static String withoutEscapes(String text) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
            if (!(c >= 0xDC80 && c <= 0xDCFF) || pair) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /** Every way to cut a text in three: the bytes that come out are the same. */
    @Test
    void chunksMayEndAnywhere() {
        Redactor redactor = rules(PASSWORD, rule("[0-9]{4}-[0-9]{4}", "N"))
                .withSecret("s3cr3t!")
                .withSecret("3t!é\nx")
                .withSecret("aaaa");
        String text = "u=1&password=é€&\r\n1234-5678 s3cr3t!é\nx aaaaaaa password=a s3cr3\nend s3cr3t!";
        byte[] input = utf8(text);
        byte[] wanted = stream(redactor, input, input.length);
        assertThat(new String(wanted, StandardCharsets.UTF_8))
                .isEqualTo("u=1&password=***&\r\nN *** *** password=***\nend ***");
        for (int a = 0; a <= input.length; a++) {
            for (int b = a; b <= input.length; b++) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                RedactingStream stream = redactor.stream(out::write);
                stream.write(input, 0, a);
                stream.write(input, a, b - a);
                stream.write(input, b, input.length - b);
                stream.finish();
                assertThat(out.toByteArray()).as("cut at %s and %s", a, b).isEqualTo(wanted);
                assertThat(stream.redacted()).isTrue();
            }
        }
    }

    @Test
    void randomTextsHoldNoSecretAfterwardsWhateverTheChunks() {
        Random random = new Random(SEED);
        for (int round = 0; round < 400; round++) {
            Redactor redactor = rules();
            List<String> secrets = new ArrayList<>();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                secrets.add(letters(random, 4 + random.nextInt(5)));
                redactor = redactor.withSecret(secrets.get(secrets.size() - 1));
            }
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(
                        random.nextBoolean()
                                ? letters(random, 1 + random.nextInt(4))
                                : secrets.get(random.nextInt(secrets.size())));
            }
            byte[] whole = stream(redactor, utf8(text.toString()), text.length() + 1);
            assertThat(stream(redactor, utf8(text.toString()), 1 + random.nextInt(5)))
                    .as("seed %s", SEED)
                    .isEqualTo(whole);
            assertThat(new String(whole, StandardCharsets.UTF_8))
                    .as("%s, seed %s", secrets, SEED)
                    .isEqualTo(naive(text.toString(), secrets));
        }
    }

    private static String letters(Random random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append((char) ('a' + random.nextInt(2)));
        }
        return letters.toString();
    }

    /** Marks every letter that is part of a secret, and puts the mask for each run of places that overlap. */
    private static String naive(String text, List<String> secrets) {
        boolean[] covered = new boolean[text.length()];
        boolean[] joined = new boolean[text.length() + 1];
        for (String secret : secrets) {
            for (int i = text.indexOf(secret); i >= 0; i = text.indexOf(secret, i + 1)) {
                for (int k = 0; k < secret.length(); k++) {
                    covered[i + k] = true;
                    joined[i + k] |= k > 0;
                }
            }
        }
        StringBuilder masked = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            masked.append(!covered[i] ? text.substring(i, i + 1) : i > 0 && covered[i - 1] && joined[i] ? "" : "***");
        }
        return masked.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {65534, 65535, 65536, 65537, 65538, 98303, 98304, 98305, 131072, 200000})
    void aMatchInALongLineIsFoundWhereverItStands(int at) {
        for (int delta = -12; delta <= 2; delta++) {
            String head = "x".repeat(at + delta);
            String text = head + "é&password=abc&" + "y".repeat(70000) + "\npassword=z&\n";
            String wanted = head + "é&password=***&" + "y".repeat(70000) + "\npassword=***&\n";
            assertThat(new String(stream(rules(PASSWORD), utf8(text), 8191), StandardCharsets.UTF_8).equals(wanted))
                    .as("at %s", at + delta)
                    .isTrue();
        }
    }

    @Test
    void aMatchThatReachesTheWindowsEndTakesTheRestOfTheLine() {
        String text = "a&password=" + "s".repeat(300000) + "&b=1\nnext&password=q&\n";
        assertThat(safe(rules(PASSWORD), text)).isEqualTo("a&password=***\nnext&password=***&\n");
        assertThat(safe(rules(PASSWORD), "a&password=" + "s".repeat(300000))).isEqualTo("a&password=***");
        String short64 = "password=" + "s".repeat(LineFilter.WINDOW - 9 - 3) + "&b\n";
        assertThat(safe(rules(PASSWORD), short64)).as("a line that fits").isEqualTo("password=***&b\n");
    }

    @Test
    void theWindowDoesNotMakeBeginningsOfLines() {
        String text = "x".repeat(32768) + "bad" + "y".repeat(100000) + " bad\nbad";
        assertThat(safe(rules(rule("^bad", "-")), text)).isEqualTo(text.substring(0, text.length() - 3) + "-");
        assertThat(safe(rules(rule("\\bbad", "-")), text)).isEqualTo(text.substring(0, text.length() - 7) + "-\n-");
    }

    @Test
    void aCharacterIsNotCutByTheWindow() {
        for (int shift = 0; shift < 4; shift++) {
            String text = "x".repeat(shift) + "\uD83D\uDE00é€".repeat(30000) + "\n";
            assertThat(safe(rules(rule("zz", "-")), text).equals(text)).isTrue();
            String pairs = "x".repeat(shift) + "\uD83D\uDE00".repeat(40000);
            assertThat(safe(rules(rule("zz", "-"), rule("^x", "y")), pairs).equals(pairs.replaceFirst("^x", "y")))
                    .isTrue();
            String letters = "x".repeat(shift) + "k=" + "é\uAC00".repeat(40000) + ".\nend";
            String gone = safe(rules(rule("k=\\pL+", "-")), letters);
            assertThat(gone.equals("x".repeat(shift) + "-\nend")).isTrue();
            assertThat(safe(rules(rule("q|[^x]{3}", "-")), text).equals("x".repeat(shift) + "-".repeat(30000) + "\n"))
                    .isTrue();
        }
    }

    /** 50 MB without a newline in front of a sink that keeps nothing: what is held is counted, not guessed. */
    @Test
    void aLineOfFiftyMegabytesNeedsLittleMemory() {
        Redactor redactor = rules(PASSWORD).withSecret("hunter22");
        long[] out = {0, 0};
        RedactingStream stream = redactor.stream((bytes, offset, length) -> {
            out[0] += length;
            out[1] = Math.max(out[1], bytes.length);
        });
        byte[] chunk = utf8("0123456789abcdef".repeat(4096));
        long in = 0;
        long held = 0;
        for (int i = 0; i < 800; i++) {
            stream.write(chunk, 0, chunk.length);
            in += chunk.length;
            held = Math.max(held, in - out[0]);
        }
        stream.finish();
        assertThat(out[0]).isEqualTo(in);
        assertThat(held).isLessThan(2L * LineFilter.WINDOW);
        assertThat(out[1]).isLessThan(4L * LineFilter.WINDOW);
        assertThat(stream.redacted()).isFalse();
    }

    @Test
    void withoutRulesAndSecretsBytesPassThroughAsTheyAre() {
        List<Integer> lengths = new ArrayList<>();
        RedactingStream stream = rules().stream((bytes, offset, length) -> lengths.add(length));
        stream.write(utf8("abc"), 0, 3);
        stream.write(utf8("d"), 0, 1);
        stream.finish();
        assertThat(lengths).containsExactly(3, 1);
        assertThat(rules().safe("x").redacted()).isFalse();
    }

    @Test
    void aWholeLineGoesOutAtOnce() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RedactingStream stream = rules(PASSWORD).withSecret("hunter22").stream(out::write);
        stream.write(utf8("one\ntwo hunt"), 0, 12);
        assertThat(out).hasToString("one\n");
        stream.write(utf8("ing\n"), 0, 4);
        assertThat(out).hasToString("one\ntwo hunting\n");
    }

    @Test
    void aLiteralOfAnyCaseIsLookedForInAnyCase() {
        RedactRule rule = rule("(?i)Task-Key: \\S+", "-");
        assertThat(rule.isLed()).isTrue();
        for (String text : new String[] {"task-key: a", "TASK-KEY: a", "ta\u017F\u212A-\u212Aey: a", "xTaSk-KeY: a"}) {
            assertThat(safe(rules(rule), text)).as(text).endsWith("-").doesNotContain(": a");
        }
    }

    @Test
    void linesAroundAMatchAreKeptWhereverItStands() {
        Random random = new Random(SEED);
        Redactor redactor = rules(PASSWORD, rule("(?i)bearer \\w+", "[b]"), rule("\\d{9}", "#"));
        String[] lines = {"", "x", "password=a&b", "a Bearer q.", "123456789 BEARER z password=1", "\r", "end"};
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(lines[random.nextInt(lines.length)]).append(random.nextInt(3) == 0 ? "\r\n" : "\n");
            }
            String wanted = text.toString()
                    .replaceAll("password=[^&\r\n]+", "password=***")
                    .replaceAll("(?i)bearer \\w+", "[b]")
                    .replaceAll("\\d{9}", "#");
            assertThat(new String(
                            stream(redactor, utf8(text.toString()), 1 + random.nextInt(40)), StandardCharsets.UTF_8))
                    .as("seed %s", SEED)
                    .isEqualTo(wanted);
        }
    }

    @Test
    void requiredTextIsInEveryMatch() {
        assertThat(RegexShape.of("password=([^&]+)").required()).isEqualTo("password=");
        assertThat(RegexShape.of("(?i)password=([^&]+)").required())
                .as("s has a third case")
                .isEqualTo("word=");
        assertThat(RegexShape.of("(?i)password=([^&]+)").anyCase()).isTrue();
        assertThat(RegexShape.of("a(?i)b").required()).isNull();
        assertThat(RegexShape.of("abc|def").required()).isNull();
        assertThat(RegexShape.of("ab?cde*f").required()).isEqualTo("cd");
        assertThat(RegexShape.of("ab{0,3}").required()).isEqualTo("a");
        assertThat(RegexShape.of("ab+c").required()).isEqualTo("ab");
        assertThat(RegexShape.of("a(bcd)?e").required()).isEqualTo("a");
        assertThat(RegexShape.of("[a]bc\\.d\\w").required()).isEqualTo("bc.d");
        assertThat(RegexShape.of("[]x]y[^]]z\\x{41}\\pL").required()).isEqualTo("y");
        assertThat(RegexShape.of("\\Qa.b\\Ec").required()).isNull();
        assertThat(RegexShape.of("é").required()).isNull();
        Random random = new Random(SEED);
        String[] parts = {
            "a", "b", "ab", "(a|b)", "[ab]", "a?", "b*", "ab+", "(?:ab)?", "a{0,2}", "b{2}", "|", ".", "\\w", "(ba)",
            "\\."
        };
        for (int round = 0; round < 3000; round++) {
            StringBuilder pattern = new StringBuilder();
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                pattern.append(parts[random.nextInt(parts.length)]);
            }
            RedactRule rule = rule((random.nextBoolean() ? "(?i)" : "") + pattern, "-");
            String drawn = letters(random, random.nextInt(8)) + (random.nextBoolean() ? "." : "");
            String text = random.nextBoolean() ? drawn : drawn.toUpperCase(java.util.Locale.ROOT);
            if (rule.matcher(text).find() && !pattern.toString().isEmpty()) {
                assertThat(rule.mayMatch(utf8(text), 0, text.length()))
                        .as("%s in %s, seed %s", pattern, text, SEED)
                        .isTrue();
            }
        }
    }
}
