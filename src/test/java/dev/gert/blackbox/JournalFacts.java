package dev.gert.blackbox;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a journal against what the stand-ins wrote down themselves. It reads both as text and shares nothing with the
 * engine: no step lost, none repeated silently, nothing recorded that was not, nothing run that was not recorded.
 */
final class JournalFacts {
    private static final Pattern RECORD = Pattern.compile(
            "\\{\"seq\":(\\d+),\"time\":\"[^\"]+\",\"run\":\"([^\"]+)\",.*?\"type\":\"(\\w+)\",\"data\":(.*),\"prev\":\"(\\w{64})\",\"hash\":\"(\\w{64})\"\\}");
    private static final Pattern STEP = Pattern.compile("^\\{\"step\":\"([^\"]+)\",\"attempt\":(\\d+)");

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Dispatch> dispatches = new LinkedHashMap<>();
    private final Map<Long, List<String>> byProcess = new HashMap<>();
    private final Map<String, List<String>> byName = new LinkedHashMap<>();
    private String last = "";

    private static final class Dispatch {
        final String step;
        final String effect;
        final String token;
        final long pid;
        String end = "open";

        Dispatch(String step, String effect, String token, long pid) {
            this.step = step;
            this.effect = effect;
            this.token = token;
            this.pid = pid;
        }
    }

    /** What is wrong, nothing when all is well; {@code exit}: what the run came to. */
    static List<String> wrong(KillRange range, int exit) throws Exception {
        JournalFacts facts = new JournalFacts();
        facts.log(range.log());
        Path journal = range.journal();
        facts.journal(Files.readString(journal));
        facts.compare(range, exit);
        return facts.wrong;
    }

    private void log(List<String> lines) {
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words.length != 5) {
                wrong.add("a torn line in the stand-ins' log: " + line);
                continue;
            }
            byProcess
                    .computeIfAbsent(Long.parseLong(words[4]), k -> new ArrayList<>())
                    .add(words[0]);
            byName.computeIfAbsent(words[2], k -> new ArrayList<>()).add(words[0] + " " + words[1] + " " + words[3]);
        }
    }

    private void journal(String text) throws Exception {
        String before = "0".repeat(64);
        String[] lines = text.split("\n");
        for (int i = 0; i < lines.length; i++) {
            Matcher record = RECORD.matcher(lines[i]);
            if (!record.matches()) {
                wrong.add("record " + i + " is none: " + lines[i]);
                return;
            }
            byte[] hashed =
                    lines[i].substring(0, lines[i].lastIndexOf(",\"hash\"")).getBytes(StandardCharsets.UTF_8);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(hashed));
            if (!record.group(1).equals(Integer.toString(i))
                    || !record.group(5).equals(before)
                    || !record.group(6).equals(hash)) {
                wrong.add("the chain breaks at record " + i);
            }
            before = hash;
            last = record.group(3);
            fact(record.group(2), record.group(3), record.group(4));
        }
        if (!text.endsWith("\n")) {
            wrong.add("the journal ends within a record");
        }
    }

    private void fact(String run, String type, String data) {
        Matcher step = STEP.matcher(data);
        if (!step.find()) {
            return;
        }
        String place = run + " " + step.group(1);
        String key = place + "#" + step.group(2);
        Dispatch dispatch = dispatches.get(key);
        switch (type) {
            case "dispatched" -> {
                if (dispatch != null) {
                    wrong.add(key + " is dispatched twice");
                }
                for (Dispatch other : dispatches.values()) {
                    boolean settled = other.end.equals("did_not_run") || other.end.equals("lost");
                    if (other.step.equals(place) && !settled) {
                        wrong.add(place + " is dispatched again, and before it was " + other.end);
                    }
                }
                dispatches.put(
                        key,
                        new Dispatch(
                                place,
                                member(data, "effect"),
                                member(data, "token"),
                                Long.parseLong(member(data, "pid"))));
            }
            case "step_completed" -> end(key, dispatch, member(data, "status"));
            case "attempt_failed" -> end(key, dispatch, "lost");
            case "step_decided" -> end(key, dispatch, member(data, "verdict"));
            default -> {
                // says nothing of what came of it
            }
        }
    }

    private void end(String key, Dispatch dispatch, String how) {
        if (dispatch == null) {
            return;
        }
        boolean reopened = dispatch.end.equals("interrupted") && !how.equals("passed");
        if (!dispatch.end.equals("open") && !reopened) {
            wrong.add(key + " ends twice: " + dispatch.end + " and " + how);
        }
        dispatch.end = how;
    }

    private static String member(String data, String name) {
        Matcher member = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(data);
        return member.find() ? member.group(1) : "";
    }

    private void compare(KillRange range, int exit) {
        if (!last.equals("run_completed")) {
            wrong.add("the last record is " + last);
        }
        Map<Long, Dispatch> known = new HashMap<>();
        for (Dispatch each : dispatches.values()) {
            known.put(each.pid, each);
            List<String> said = byProcess.getOrDefault(each.pid, List.of());
            if (each.end.equals("open")) {
                wrong.add(each.step + " was dispatched, and the run is over without a word of it");
            }
            boolean ran = said.contains("did");
            if (each.end.equals("passed") && !said.contains("end") || each.end.equals("did_run") && !ran) {
                wrong.add(each.step + " is recorded as " + each.end + " and did not");
            }
            if (ran && each.effect.equals("mutate") && (each.end.equals("did_not_run") || each.end.equals("lost"))) {
                wrong.add(each.step + " is recorded as " + each.end + " and did");
            }
        }
        for (Long pid : byProcess.keySet()) {
            if (!known.containsKey(pid)) {
                wrong.add("process " + pid + " ran, and no record had announced it");
            }
        }
        List<String> order = new ArrayList<>();
        for (Map.Entry<String, List<String>> each : byName.entrySet()) {
            order.add(each.getKey());
            effect(each.getKey(), each.getValue(), exit);
        }
        List<String> expected = range.course.effects;
        boolean whole = range.course.inOrder
                ? order.equals(expected)
                : List.copyOf(order).containsAll(expected);
        if (exit == 0 && (!whole || order.size() != expected.size())) {
            wrong.add("what ran is " + order + ", and should be " + expected);
        }
        if (range.course.inOrder
                && !expected.subList(0, Math.min(order.size(), expected.size())).equals(order)) {
            wrong.add("what ran is " + order + ", which begins otherwise than " + expected);
        }
    }

    private void effect(String name, List<String> lines, int exit) {
        int did = 0;
        String token = "";
        for (String line : lines) {
            String[] words = line.split(" ");
            did += words[0].equals("did") ? 1 : 0;
            if (!token.isEmpty() && !token.equals(words[2])) {
                wrong.add(name + " ran with two tokens");
            }
            token = words[2];
        }
        if (did > 1 && lines.get(0).contains(" mutate ")) {
            wrong.add(name + " changed things " + did + " times");
        }
        if (did == 0 && exit == 0) {
            wrong.add(name + " never came to its effect");
        }
    }
}
