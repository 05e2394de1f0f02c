package dev.gert.fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether a journal and what was really done agree. It knows the journal's format from its page alone and
 * uses nothing of gert's: what both got wrong would otherwise look right.
 */
final class Invariants {
    private static final Set<String> AFTER_THE_END =
            Set.of("run_resumed", "run_paused", "run_interrupted", "run_sealed", "warning");

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Work> works = new LinkedHashMap<>();
    private final Map<String, Boolean> over = new LinkedHashMap<>();
    private final Set<String> linked = new HashSet<>();
    private final Set<String> spent = new HashSet<>();
    private boolean decidedOtherwise;

    /** A step of a run, over all its attempts. */
    private static final class Work {
        private final Set<Object> started = new HashSet<>();
        private final Map<Long, Sent> sent = new HashMap<>();
        private String decision = "";
        private boolean used;
        private Sent open;
        private Sent last;
        private boolean doubtful;
        private boolean again = true;
        private String status;
        private String kind = "";
    }

    private record Sent(long attempt, String effect, String token, long end) {}

    private Invariants() {}

    /**
     * What is wrong; nothing is an empty list.
     *
     * @param journal all its bytes
     * @param log a line an effect: run, step, attempt, kind of effect, token, bytes of the journal on disk then
     * @param finished whether the run is over, so that nothing may be missing any more
     * @param expected status by run and step of the run without a fault; null: not known
     */
    static List<String> broken(byte[] journal, List<String> log, boolean finished, Map<String, String> expected) {
        Invariants check = new Invariants();
        check.read(journal);
        check.compare(log, finished);
        if (finished && expected != null && !check.decidedOtherwise(expected) && !expected.equals(check.statuses())) {
            check.wrong.add("steps ended " + check.statuses() + ", and without a fault " + expected);
        }
        return check.wrong;
    }

    /** The status of each step of a sound journal. */
    static Map<String, String> statuses(byte[] journal) {
        Invariants check = new Invariants();
        check.read(journal);
        return check.statuses();
    }

    private Map<String, String> statuses() {
        Map<String, String> statuses = new TreeMap<>();
        works.forEach((step, work) -> statuses.put(step, work.status));
        return statuses;
    }

    /** A person says that a step ran, not how it ended: what fails without a fault goes on. */
    private boolean decidedOtherwise(Map<String, String> expected) {
        return decidedOtherwise && expected.containsValue("failed");
    }

    private void read(byte[] journal) {
        String prev = "0".repeat(64);
        int start = 0;
        long seq = 0;
        while (start < journal.length) {
            int end = start;
            while (end < journal.length && journal[end] != '\n') {
                end++;
            }
            if (end == journal.length) {
                wrong.add("record " + seq + " has no end");
                return;
            }
            String line = new String(journal, start, end - start, StandardCharsets.UTF_8);
            Map<?, ?> record = (Map<?, ?>) new Json(line).value();
            String hash = sha256(journal, start, end - 75);
            if (!line.endsWith(",\"hash\":\"" + hash + "\"}") || !prev.equals(record.get("prev"))) {
                wrong.add("record " + seq + " does not follow by its hash");
            }
            if (!Long.valueOf(seq).equals(record.get("seq"))) {
                wrong.add("record " + seq + " says it is " + record.get("seq"));
            }
            int before = wrong.size();
            take((String) record.get("type"), (String) record.get("run"), (Map<?, ?>) record.get("data"), end + 1, seq);
            for (int i = before; i < wrong.size(); i++) {
                wrong.set(i, "record " + seq + ": " + wrong.get(i) + ": " + line);
            }
            prev = hash;
            seq++;
            start = end + 1;
        }
    }

    private void take(String type, String run, Map<?, ?> data, long end, long seq) {
        if (type.equals("run_started")) {
            must(over.put(run, false) == null, "a run begins twice");
            must(seq == 0 || linked.contains(run), "nothing led to this run");
            return;
        }
        must(over.containsKey(run), "the run has not begun");
        must(!Boolean.TRUE.equals(over.get(run)) || AFTER_THE_END.contains(type), "the run was over");
        if (type.equals("run_completed")) {
            over.put(run, true);
        } else if (type.equals("run_linked")) {
            must(linked.add((String) data.get("child")), "a run is led to twice");
        }
        if (!(data.get("step") instanceof String step)) {
            return;
        }
        boolean governed = Set.of(
                        "step_started",
                        "policy_decided",
                        "awaiting_approval",
                        "approval_granted",
                        "approval_used",
                        "dispatched",
                        "output_captured",
                        "attempt_failed",
                        "step_in_doubt",
                        "step_decided",
                        "step_completed")
                .contains(type);
        if (governed) {
            step(type, works.computeIfAbsent(run + " " + step, s -> new Work()), data, end);
        }
    }

    private void step(String type, Work work, Map<?, ?> data, long end) {
        long attempt = (Long) data.get("attempt");
        must(work.status == null, "the step was over");
        switch (type) {
            case "step_started" -> {
                must(work.started.add(attempt), "an attempt begins twice");
                must(work.open == null, "an attempt begins while another is under way");
                work.kind = (String) data.get("kind");
            }
            case "policy_decided" -> {
                must(!work.started.isEmpty(), "it has not begun");
                must(work.open == null, "policy is asked about what is under way");
                work.decision = (String) data.get("decision");
                work.used = false;
            }
            case "awaiting_approval", "approval_granted" ->
                must(work.decision.startsWith("ac") || work.decision.startsWith("app"), "nobody had to be asked");
            case "approval_used" -> {
                must(spent.add((String) data.get("request")), "an approval is used twice");
                work.used = true;
            }
            case "dispatched" -> dispatched(work, data, attempt, end);
            case "output_captured" -> must(work.open != null, "nothing is under way that prints");
            case "attempt_failed" -> {
                must(work.open != null && !work.open.effect.equals("mutate"), "nothing fails that may be repeated");
                work.open = null;
            }
            case "step_in_doubt" -> {
                must(work.open != null && work.open.effect.equals("mutate"), "nothing is in doubt");
                work.doubtful = true;
            }
            case "step_decided" -> decided(work, (String) data.get("verdict"));
            default -> {
                String status = (String) data.get("status");
                must(!work.doubtful, "it is in doubt and nobody decided");
                boolean ran = work.last != null && work.open != null;
                must(!work.kind.equals("cli") || !status.equals("passed") || ran, "it passed and was never sent");
                work.status = status;
                work.open = null;
            }
        }
    }

    private void dispatched(Work work, Map<?, ?> data, long attempt, long end) {
        must(
                work.decision.equals("allow") || (!work.decision.isEmpty() && work.used),
                "policy did not let it go: `" + work.decision + "`");
        must(work.open == null, "it is under way already");
        String effect = (String) data.get("effect");
        String token = (String) data.get("token");
        must(!effect.equals("mutate") || work.again, "what changes things is repeated and nobody said so");
        must(work.last == null || work.last.token.equals(token), "it has another token than before");
        Sent sent = new Sent(attempt, effect, token, end);
        must(work.sent.put(attempt, sent) == null, "an attempt is sent twice");
        work.open = sent;
        work.last = sent;
        work.again = false;
        work.used = work.used && !effect.equals("mutate");
    }

    private void decided(Work work, String verdict) {
        must(work.open != null, "nothing is in doubt");
        work.doubtful = false;
        work.open = null;
        if (verdict.equals("did_run")) {
            work.status = "passed";
            decidedOtherwise = true;
        } else {
            work.again = true;
        }
    }

    private void compare(List<String> log, boolean finished) {
        Map<String, Integer> effects = new HashMap<>();
        Map<String, Integer> changes = new HashMap<>();
        for (String line : log) {
            String[] words = line.split(" ");
            String step = words[0] + " " + words[1];
            Work work = works.get(step);
            Sent sent = work == null ? null : work.sent.get(Long.valueOf(words[2]));
            if (sent == null) {
                wrong.add("lost: done, and not recorded as dispatched: " + line);
                continue;
            }
            must(sent.end <= Long.parseLong(words[5]), "done before `dispatched` was on disk: " + line);
            must(sent.effect.equals(words[3]) && sent.token.equals(words[4]), "done as something else: " + line);
            must(effects.merge(step + " " + words[2], 1, Integer::sum) == 1, "one attempt was done twice: " + line);
            boolean change = words[3].equals("mutate");
            must(!change || changes.merge(step, 1, Integer::sum) == 1, "repeated: " + line);
        }
        works.forEach((step, work) -> {
            boolean result = work.status != null && work.last != null && work.open == null;
            boolean there = work.last != null && effects.containsKey(step + " " + work.last.attempt);
            must(!result || there, "a result without an effect: " + step + " " + work.status);
            must(!finished || work.status != null || work.sent.isEmpty(), "lost: " + step + " has no end");
        });
        over.forEach((run, ended) -> must(!finished || ended, "the run has no end: " + run));
    }

    private void must(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    private static String sha256(byte[] bytes, int from, int to) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, Math.max(0, to - from));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** JSON as RFC 8259 has it, of text that is known to be some. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object value() {
            char c = text.charAt(at);
            if (c == '{') {
                Map<String, Object> map = new LinkedHashMap<>();
                while (text.charAt(at++) != '}') {
                    if (text.charAt(at) == '}') {
                        continue;
                    }
                    String key = (String) value();
                    at++;
                    map.put(key, value());
                }
                return map;
            } else if (c == '[') {
                List<Object> list = new ArrayList<>();
                while (text.charAt(at++) != ']') {
                    if (text.charAt(at) != ']') {
                        list.add(value());
                    }
                }
                return list;
            }
            return c == '"' ? string() : word();
        }

        private String string() {
            StringBuilder out = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c == '\\') {
                    c = text.charAt(++at);
                    if (c == 'u') {
                        c = (char) Integer.parseInt(text, at + 1, at + 5, 16);
                        at += 4;
                    } else if ("nrtbf".indexOf(c) >= 0) {
                        c = "\n\r\t\b\f".charAt("nrtbf".indexOf(c));
                    }
                }
                out.append(c);
            }
            at++;
            return out.toString();
        }

        private Object word() {
            int from = at;
            while (",]}".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(from, at);
            return switch (word) {
                case "true" -> true;
                case "false" -> false;
                case "null" -> null;
                default -> word.indexOf('.') < 0 ? (Object) Long.valueOf(word) : Double.valueOf(word);
            };
        }
    }
}
