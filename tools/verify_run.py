#!/usr/bin/env python3
"""Verifies the folder of a gert run, or its bundle: a second verifier, written from docs/journal.md alone.

    tools/verify_run.py [--signers FILE] [--last-hash HEX] [--json] FOLDER|BUNDLE.zip...

It needs Python 3.8 and its standard library, and shares no code with gert. The parts stand in the order in which
the page has them: a line, the end of the file, the records, their order, files, approvals, seals, verdicts. It reads
and never writes. One line a folder says VALID, INVALID or INCOMPLETE and where; the exit code is 0 if all are VALID,
1 if one is not, 2 if one can't be read.
"""
import argparse
import base64
import datetime
import fnmatch
import functools
import hashlib
import json
import os
import re
import stat
import sys
import zipfile
import zlib

ZEROS = "0" * 64
HEX64 = re.compile(r"[0-9a-f]{64}")
RUN_ID = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")


class Wrong(Exception):
    """What was written is not what is there."""


class Unreadable(Exception):
    """Nothing can be said: exit code 2."""


class Invalid(Exception):
    """The verdict, with its place."""

    def __init__(self, reason, line=None, file=None):
        super().__init__(reason)
        self.line, self.file = line, file


def demand(holds, reason):
    if not holds:
        raise Wrong(reason)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


# --- JSON, more strictly than Python's own ----------------------------------------------------------------------------

def strict_json(text):
    """The value of a document: no key twice, no NaN, no number beyond bounds, at most 200 levels."""
    def pairs(members):
        value = dict(members)
        demand(len(value) == len(members), "a key stands twice in one object")
        demand(not any("\ud800" <= c <= "\udfff" for key in value for c in key), "a key holds half a surrogate pair")
        return value

    def number(literal):
        digits, _, exponent = literal.lower().partition("e")
        demand(sum(c.isdigit() for c in digits) <= 1000, "a number is too long")
        demand(abs(int(exponent or 0)) <= 400, "an exponent is too large")
        whole = "." not in digits and not int(exponent or 0)
        return int(digits) if whole else float("nan")  # a fraction is nothing that a record has: it only may not pass for one

    def constant(literal):
        raise Wrong(literal + " is no number")

    depth = deepest = 0
    for c in re.sub(r'"(?:[^"\\]|\\.)*"', "", text, flags=re.S):
        depth += (c in "{[") - (c in "}]")
        deepest = max(deepest, depth)
    demand(deepest <= 200, "it is nested too deeply")
    try:
        return json.loads(text, object_pairs_hook=pairs, parse_int=number, parse_float=number, parse_constant=constant)
    except ValueError as e:
        raise Wrong("it is not JSON: %s" % e)


def utf8(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong("it is not UTF-8")


# --- A line (rules 1 to 5) --------------------------------------------------------------------------------------------

TAIL = re.compile(rb',"hash":"([0-9a-f]{64})"\}')
MEMBERS = ["seq", "time", "run", "span", "type", "data", "prev", "hash"]


def written_hash(line):
    """The hash that a line ends with (rule 1), or None."""
    tail = TAIL.fullmatch(line[-75:])
    return tail and tail.group(1).decode()


def read_line(line, seq, prev):
    """The record on a line, which follows the one with hash `prev`."""
    demand(written_hash(line), "it does not end with a hash")
    demand(written_hash(line) == sha256(line[:-75]), "its hash is not the hash of its bytes")
    record = strict_json(utf8(line))
    demand(isinstance(record, dict) and list(record) == MEMBERS, "its members are not " + ", ".join(MEMBERS))
    demand(is_long(record["seq"]) and record["seq"] == seq, "its seq is not %d" % seq)
    demand(is_text(record["time"]) and re.fullmatch(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", record["time"]), "its time is not one")
    demand(is_text(record["run"]) and record["run"], "its run is not a run's id")
    span = record["span"]
    demand(span is None or is_text(span) and re.fullmatch("[0-9a-f]{16}", span), "its span is not one")
    demand(is_text(record["type"]), "its type is not a text")
    demand(isinstance(record["data"], dict), "its data is not an object")
    demand(record["prev"] == prev, "its prev is not the hash of the record before it")
    return record


# --- The records (rule 6) ---------------------------------------------------------------------------------------------

STEP = "step:text attempt:int "
RECORDS = {
    "run_started": "schema:journal runbook_name:text runbook:digest policies:digests policy_sha256:text mode:text"
                   " actor:text os_user:text host:text incident:said? gert_version:text jar_sha256:text?"
                   " project_root:text cwd:text query_start:text? query_end:text? linked:digests? roster:digest?"
                   " traceparent:text? ci:saids?",
    "steps_skipped": "from:text? steps:texts person:text reason:said",
    "inputs_resolved": "values:values from:textmap",
    "run_resumed": "actor:text host:text cut_bytes:long traceparent:text?",
    "changes_accepted": "person:text files:changes",
    "run_handed_over": "from:text to:text reason:said?",
    "step_started": STEP + "id:text kind:text title:said",
    "policy_decided": STEP + "command:command decision:text rule:rule",
    "step_blocked": STEP + "reason:said rule:rule?",
    "awaiting_input": STEP + "instructions:said",
    "awaiting_approval": STEP + "rule:rule needs:needs? request:request?",
    "approval_granted": STEP + "person:text method:text more:flag? unverified:flag? ballot:ballot?",
    "approval_denied": STEP + "person:text reason:said ballot:ballot?",
    "approval_used": STEP + "request:text?",
    "awaiting_jit": "",
    "elevation_granted": "",
    "elevation_released": "",
    "dispatched": STEP + "effect:effect token:text pid:long",
    "attempt_failed": STEP + "reason:said retried:flag?",
    "output_captured": STEP + "out:output? err:output?",
    "evidence_collected": STEP + "name:text kind:text value:said? ticked:saids file:output? method:text",
    "step_completed": STEP + "status:status exit_code:int? captures:values reason:said? duration_micros:long",
    "step_in_doubt": STEP + "pid:long",
    "step_decided": STEP + "verdict:text person:text reason:said?",
    "step_retried": STEP + "person:text reason:said?",
    "branch_taken": "arm:text step:text label:said condition:said operands:values",
    "branch_skipped": "arm:text step:text label:said condition:said operands:values unknown:flag",
    "iteration_started": "step:text iteration:int total:int value:said? items:saids operands:values",
    "iteration_ended": "step:text iterations:int converged:flag operands:values",
    "node_failed": "step:text reason:said",
    "outcome_reached": "step:text index:int state:text label:said recommendation:said condition:said operands:values",
    "run_linked": STEP + "kind:text child:text reference:text inputs:values",
    "run_paused": "step:text? reason:text",
    "run_interrupted": "signal:text",
    "run_completed": "outcome:text exit_code:int reason:said?",
    "notified": "on:text target:said sha256:text? problem:said?",
    "run_sealed": "format:seal key:text signature:text",
    "warning": "message:said place:text? leaked:leaked?",
}
OBJECTS = {
    "digest": "file:text sha256:text",
    "rule": "rule:text file:text line:int",
    "output": "file:text bytes:long sha256:text redacted:flag",
    "need": "rule:rule people:int roles:texts",
    "request": "file:text sha256:text expires:text",
    "ballot": "request:text file:digest? key:text? reason:said?",
    "leaked": "step:text attempt:int pid:long command:said",
    "change": "file:text then:text? now:text?",
    "command": "argv:saids program:said? real_path:said? sha256:text? cwd:said environment:texts effect:effect"
               " timeout_millis:long interactive:flag? operation:text?",
}
LISTS = {"texts": "text", "saids": "said", "digests": "digest", "needs": "need", "changes": "change"}
MAPS = {"values": "said", "textmap": "text"}
WORDS = {
    "journal": ["gert.journal/v1"],
    "seal": ["gert.seal/v1"],
    "effect": ["read", "idempotent", "mutate"],
    "status": ["passed", "failed", "skipped", "blocked", "denied", "timed_out", "in_doubt", "interrupted",
               "not_reached"],
}


def is_text(value):
    return isinstance(value, str)


def is_whole(value, bits):
    return isinstance(value, int) and not isinstance(value, bool) and -(1 << bits - 1) <= value < 1 << bits - 1


def is_long(value):
    return is_whole(value, 64)


def is_said(value):
    redacted = isinstance(value, dict) and set(value) == {"text", "redacted"}
    return is_text(value) or redacted and is_text(value["text"]) and value["redacted"] is True


def is_kind(value, kind):
    if kind in LISTS:
        return isinstance(value, list) and all(is_kind(each, LISTS[kind]) for each in value)
    if kind in MAPS:
        return isinstance(value, dict) and all(is_kind(each, MAPS[kind]) for each in value.values())
    if kind in OBJECTS:
        return isinstance(value, dict) and missing(value, OBJECTS[kind]) is None
    if kind in WORDS:
        return value in WORDS[kind]
    return {"text": is_text, "said": is_said, "long": is_long, "int": lambda v: is_whole(v, 32),
            "flag": lambda v: isinstance(v, bool)}[kind](value)


def missing(data, members):
    """The first of an object's members that is not of its kind, or None."""
    for member in members.split():
        name, kind = member.split(":")
        value = data.get(name)
        if not (value is None and kind.endswith("?")) and not is_kind(value, kind.rstrip("?")):
            return name
    return None


# --- The order of records (rules 7 and 8), and seals (rule 9) ---------------------------------------------------------

AFTER_THE_END = ["run_resumed", "step_retried", "warning", "notified", "run_handed_over", "changes_accepted",
                 "elevation_released", "run_sealed"]


class Order:
    """What may come next."""

    def __init__(self, folder):
        self.folder, self.root, self.last = folder, None, None
        self.runs, self.chain, self.completed = set(), {}, set()

    def over(self):
        run = self.root
        while run in self.chain:
            run = self.chain[run]
        return run in self.completed

    def take(self, record):
        kind, run, data = record["type"], record["run"], record["data"]
        if self.root is None:
            demand(kind == "run_started", "the first record is not run_started")
            demand(not RUN_ID.fullmatch(self.folder) or run == self.folder, "the journal is another run's: " + run)
            self.root = run
            self.runs.add(run)
        demand(run in self.runs, "no run led to " + run)
        demand(self.last != "run_sealed" or kind in ("run_resumed", "step_retried"), "it comes after the seal")
        demand(kind != "run_sealed" or self.over(), "it seals a run that is not over")
        demand(not self.over() or kind in AFTER_THE_END or kind not in RECORDS, "the run was over")
        if kind == "run_linked":
            demand(data["child"] not in self.runs, data["child"] + " is a run already")
            self.runs.add(data["child"])
            if data["kind"] == "chain":
                self.chain[run] = data["child"]
        elif kind == "run_completed":
            self.completed.add(run)
        elif kind in ("run_resumed", "step_retried"):
            self.completed.clear()
        elif kind == "run_sealed":
            key = sshsig(data["signature"], "gert-run-v1", (record["prev"] + "\n").encode())
            demand(fingerprint(key) == data["key"], "another key made its signature")
        self.last = kind


def read_journal(data, folder):
    """The records, whether the last one is torn, and whether the run is over; Invalid with the first line that fails."""
    records, order, prev, offset = [], Order(folder), ZEROS, 0
    lines = data.split(b"\n")
    rest = lines.pop()
    for line in lines:
        try:
            record = read_line(line, len(records), prev)
            wrong = missing(record["data"], RECORDS.get(record["type"], ""))
            demand(wrong is None, "its data has no right `%s`" % wrong)
            order.take(record)
        except Wrong as e:
            if rest == b"" and offset + len(line) + 1 == len(data) and has_missing_blocks(line + b"\n", offset):
                return records, True, order.over()
            raise Invalid(str(e), line=len(records) + 1)
        records.append(record)
        prev = record["hash"]
        offset += len(line) + 1
    torn = rest != b"" or not records
    if torn and not is_torn(rest, len(records), offset):
        raise Invalid("it is neither a record nor the beginning of one", line=len(records) + 1)
    return records, torn, order.over()


# --- The end of the file ----------------------------------------------------------------------------------------------

def has_missing_blocks(data, offset):
    """Whether blocks of 512 bytes of the file were never written; data begins at the offset and ends the file."""
    runs = [(run.start(), run.end()) for run in re.finditer(b"\0+", data)]
    rest = data[:-1] if data.endswith(b"\n") else data
    return (
        bool(runs)
        and all(start == 0 or (offset + start) % 512 == 0 for start, _ in runs)
        and all(end == len(data) or (offset + end) % 512 == 0 for _, end in runs)
        and not any(0 < byte < 0x20 for byte in rest)
    )


def is_torn(rest, seq, offset):
    beginning = b'{"seq":%d,"time":"' % seq
    if has_missing_blocks(rest, offset):
        return all(byte in (0, beginning[at]) for at, byte in enumerate(rest[:len(beginning)]))
    text = rest.rstrip(b"\0")
    return (
        (rest != b"" or seq == 0)
        and text[:len(beginning)] == beginning[:len(text)]
        and not any(byte < 0x20 for byte in text)
        and not written_hash(text[:-1])
        and (not written_hash(text) or written_hash(text) == sha256(text[:-75]))
    )


# --- Files ------------------------------------------------------------------------------------------------------------

class Folder:
    """A run's folder; nothing is read through a link."""

    def __init__(self, path):
        self.path = path

    def mode(self, *names):
        try:
            return os.lstat(os.path.join(self.path, *names)).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return 0

    def is_file(self, *names):
        return stat.S_ISREG(self.mode(*names))

    def is_folder(self, *names):
        return stat.S_ISDIR(self.mode(*names))

    def names(self, name):
        return sorted(os.listdir(os.path.join(self.path, name))) if self.is_folder(name) else []

    def read(self, *names):
        with open(os.path.join(self.path, *names), "rb") as file:
            return file.read()

    def named(self, name, folder):
        """The bytes of a file that a record names, which has to be in that folder."""
        parts = name.split("/")
        plain = len(parts) == 2 and parts[0] == folder and re.fullmatch("[!-~]+", parts[1]) and parts[1] not in (".", "..")
        demand(plain, "it is not the name of a file in %s/" % folder)
        demand(self.is_folder(folder) and self.is_file(*parts), "it is not there, or not a file")
        return self.read(*parts)


BUNDLED = ("approvals", "attachments", "output", "pinned", "policy")


class Bundle(Folder):
    """The same in a zip file: one folder, called like the run, of files and of folders that a run has."""

    def __init__(self, path):
        try:
            self.zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as e:
            raise Unreadable("it is no zip file that can be read: %s" % e)
        names = [entry.filename for entry in self.zip.infolist()]
        self.run = names[0].split("/")[0] if names else ""
        self.fault = None
        seen = set()
        for name in names:
            parts = name.split("/")
            plain = (len(parts) == 2 or len(parts) == 3 and parts[1] in BUNDLED) and parts[0] == self.run
            last = parts[-1]
            if not plain or not re.fullmatch(r"[!-\[\]-~]+", last) or last in (".", ".."):
                self.fault = self.fault or (name, "it is not a file of a bundle")
            elif name in seen:
                self.fault = self.fault or (name, "it is there twice")
            seen.add(name)
        if self.fault is None and not RUN_ID.fullmatch(self.run):
            self.fault = (self.run, "it is not called as a run is")
        if self.fault is None and self.run + "/journal.jsonl" not in seen:
            self.fault = (self.run + "/journal.jsonl", "it is not there")
        self.files = seen

    def mode(self, *names):
        name = "/".join((self.run,) + names)
        if name in self.files:
            return stat.S_IFREG
        return stat.S_IFDIR if any(each.startswith(name + "/") for each in self.files) else 0

    def names(self, name):
        start = self.run + "/" + name + "/"
        return sorted(each[len(start):] for each in self.files if each.startswith(start))

    def read(self, *names):
        try:
            return self.zip.read("/".join((self.run,) + names))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as e:
            raise Unreadable("%s can't be unpacked: %s" % (names[-1], e))


def check_output(folder, output, where):
    if output:
        data = folder.named(output["file"], where)
        demand(len(data) == output["bytes"], "it has %d bytes and had %d" % (len(data), output["bytes"]))
        demand(sha256(data) == output["sha256"], "its digest is not the one that was recorded")


def check_request(folder, request):
    """The bytes of a request; one that a later request replaced has another name."""
    names = [request["file"]]
    if request["file"].endswith(".request.json"):
        names.append(request["file"][:-len("request.json")] + request["sha256"][:8] + ".old.json")
    for name in names:
        try:
            data = folder.named(name, "approvals")
        except Wrong:
            continue
        if sha256(b"gert/approval-request/v1\n" + data) == request["sha256"]:
            return data
    raise Wrong("it is not the request that was recorded")


def check_named_files(folder, records):
    requests = {}
    for record in records:
        data, kind = record["data"], record["type"]
        checks = []
        if kind == "output_captured":
            checks = [(data.get(name), functools.partial(check_output, folder, data.get(name), "output"))
                      for name in ("out", "err")]
        elif kind == "evidence_collected":
            checks = [(data.get("file"), functools.partial(check_output, folder, data.get("file"), "attachments"))]
        elif kind == "awaiting_approval":
            checks = [(data.get("request"), lambda: requests.update(
                {data["request"]["sha256"]: check_request(folder, data["request"])}))]
        elif kind in ("approval_granted", "approval_denied"):
            file = (data.get("ballot") or {}).get("file")
            checks = [(file, lambda: check_decision(folder, kind, data, requests))]
        for named, check in checks:
            try:
                if named:
                    check()
            except Wrong as e:
                raise Invalid(str(e), line=record["seq"] + 1, file=named["file"])


def check_evidence(folder, records):
    if folder.mode("evidence.json"):
        try:
            demand(folder.is_file("evidence.json"), "it is not a file")
            end = folder.read("evidence.json")[-4096:]
            found = re.findall(rb'"last_hash": "(?=(.{64})")', end, re.S)
            demand(found, "it holds no last hash")
            demand(found[-1].decode("latin-1") in {record["hash"] for record in records},
                   "it was made from a record that the journal does not hold")
        except Wrong as e:
            raise Invalid(str(e), file="evidence.json")


def check_folders(folder, records):
    for name in ("approvals", "attachments", "output", "pinned", "policy"):
        if folder.mode(name) and not folder.is_folder(name):
            raise Invalid("it is not a folder", file=name)
        for each in folder.names(name):
            if not folder.is_file(name, each):
                raise Invalid("it is not a file", file=name + "/" + each)
    for name in ("pinned", "policy"):
        for each in folder.names(name):
            if re.fullmatch(r"[0-9a-f]{64}\.yaml", each) and sha256(folder.read(name, each)) != each[:64]:
                raise Invalid("its digest is not its name", file=name + "/" + each)
    if folder.is_folder("pinned"):
        for record in records:
            if record["type"] == "run_started":
                for digest in (record["data"]["runbook"], record["data"].get("roster")):
                    if digest and digest["sha256"] + ".yaml" not in folder.names("pinned"):
                        raise Invalid("it is not there", file="pinned/" + digest["sha256"] + ".yaml")
    dispatches = sum(record["type"] == "dispatched" for record in records)
    named = {output["file"] for record in records if record["type"] == "output_captured"
             for output in (record["data"].get("out"), record["data"].get("err")) if output}
    for each in folder.names("output"):
        number = re.match("([0-9]{3,})-", each)
        if number and int(number.group(1)) > dispatches and "output/" + each not in named:
            raise Invalid("it is of a dispatch that no record is of", file="output/" + each)


# --- Approvals --------------------------------------------------------------------------------------------------------

def check_decision(folder, kind, data, requests):
    ballot = data["ballot"]
    content = folder.named(ballot["file"]["file"], "approvals")
    demand(sha256(content) == ballot["file"]["sha256"], "its digest is not the one that was recorded")
    document = strict_json(utf8(content))
    demand(isinstance(document, dict) and set(document) - {"os_user"} == {"schema", "decision", "signature"},
           "its members are not those of a decision")
    demand(document["schema"] == "gert.decision/v1" and is_text(document["decision"])
           and is_text(document.get("os_user", "")), "it is not a decision")
    decision = strict_json(document["decision"])
    members = {"type", "request_sha256", "decision", "person", "reason", "signed_at"}
    demand(isinstance(decision, dict) and set(decision) == members and all(map(is_text, decision.values())),
           "its decision does not say what a decision says")
    word = "approve" if kind == "approval_granted" else "deny"
    demand(decision["type"] == "gert/approval/v1" and decision["decision"] == word, "it does not say " + word)
    demand(decision["request_sha256"] == ballot["request"], "it is of another request")
    demand(decision["person"] == data["person"], "it is another person's")
    if document["signature"] is None:
        demand(ballot.get("key") is None and data.get("method") != "ssh", "it is not signed")
        return
    demand(is_text(document["signature"]), "its signature is not a text")
    key = sshsig(document["signature"], "gert-approval-v1", document["decision"].encode())
    demand(fingerprint(key) == ballot.get("key"), "another key signed it")
    demand(ballot["request"] in requests, "no record before it is of its request")
    request = strict_json(utf8(requests[ballot["request"]]))
    demand(isinstance(request, dict) and is_text(request.get("roster_sha256")), "its request names no roster")
    roster = request["roster_sha256"] + ".yaml"
    text = folder.read("pinned", roster) if folder.is_file("pinned", roster) else b""
    if sha256(text) == roster[:64]:  # a text that is not that of its name is reported further down
        demand(has_key(text, data["person"], key, decision["signed_at"]),
               "the roster does not have this key under %s at that time" % data["person"])


def has_key(roster, person, blob, signed_at):
    at = moment(signed_at)
    demand(at, "it was signed at no time")
    for each in Yaml(utf8(roster)).document().get("people") or []:
        for key in each.get("keys") or [] if each.get("person") == person else []:
            if base64.b64decode(key["ssh"].split()[1] + "==") == blob:
                after, before = moment(key.get("valid_after")), moment(key.get("valid_before"))
                return (not after or after <= at) and (not before or at < before)
    return False


def moment(text):
    try:
        return text and datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


class Yaml:
    """As much of YAML as rosters are written in: maps and lists, on lines or in brackets, of texts."""

    def __init__(self, text):
        self.lines = []
        for line in text.splitlines():
            bare = re.sub(r"""((?:[^\s"'#]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=\S)#|\s(?!\s*#))*).*""", r"\1", line, count=1)
            if bare.strip() and bare.strip() != "---":
                self.lines.append((len(bare) - len(bare.lstrip(" ")), bare.strip()))

    def document(self):
        value = self.block(0) if self.lines else {}
        if self.lines or not isinstance(value, dict):
            raise Unreadable("the roster is written in YAML that this program does not read")
        return value

    def block(self, indent):
        listed = self.lines[0][1].startswith("-")
        value = [] if listed else {}
        while self.lines and self.lines[0][0] == indent and (self.lines[0][1] + " ").startswith("- ") == listed:
            _, text = self.lines.pop(0)
            if listed:
                inner = text[1:].lstrip()
                if re.match(r"[^\"'\[{][^\"']*?:(\s|$)", inner):  # a map that begins on the line of its dash
                    self.lines.insert(0, (indent + len(text) - len(inner), inner))
                    value.append(self.block(self.lines[0][0]))
                else:
                    value.append(self.value(inner, indent))
            else:
                name, colon, rest = text.partition(":")
                if not colon or rest[:1].strip():
                    raise Unreadable("the roster is written in YAML that this program does not read")
                value[name.strip("\"' ")] = self.value(rest.strip(), indent)
        return value

    def value(self, text, indent):
        if not text:
            below = self.lines and (self.lines[0][0] > indent or self.lines[0][0] == indent and self.lines[0][1][0] == "-")
            return self.block(self.lines[0][0]) if below else None
        while text[0] in "[{" and self.lines and text.count(text[0]) > text.count("]" if text[0] == "[" else "}"):
            text += " " + self.lines.pop(0)[1]
        value, rest = self.flow(text, "")
        if rest.strip() or text[0] in "&*!|>":
            raise Unreadable("the roster is written in YAML that this program does not read")
        return value

    def flow(self, text, ends):
        text = text.lstrip()
        if text[:1] in ("'", '"'):
            quoted = re.match(r"'((?:[^']|'')*)'|\"((?:[^\"\\]|\\.)*)\"", text)
            if not quoted:
                raise Unreadable("the roster is written in YAML that this program does not read")
            value = quoted.group(1).replace("''", "'") if text[0] == "'" else json.loads(quoted.group(0))
            return value, text[quoted.end():]
        if text[:1] not in ("[", "{"):
            plain = re.match("[^%s]*" % re.escape(ends) if ends else ".*", text)
            return plain.group(0).strip(), text[plain.end():]
        end, value = ("]", []) if text[0] == "[" else ("}", {})
        text = text[1:].lstrip()
        while text[:1] != end:
            if end == "}":
                name, _, text = text.partition(":")
            item, text = self.flow(text, ",]}")
            text = text.lstrip()
            if end == "}":
                value[name.strip("\"' ")] = item
            else:
                value.append(item)
            if text[:1] == ",":
                text = text[1:].lstrip()
            elif text[:1] != end:
                raise Unreadable("the roster is written in YAML that this program does not read")
        return value, text[1:]


# --- SSH signatures (PROTOCOL.sshsig, RFC 4251, 5656, 8032, 8017, PROTOCOL.u2f) ---------------------------------------

class Wire:
    """Reads the fields of an SSH blob."""

    def __init__(self, data):
        self.data = data

    def take(self, count):
        demand(len(self.data) >= count, "a part of the signature is cut off")
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def number(self):
        return int.from_bytes(self.take(4), "big")

    def string(self):
        return self.take(self.number())

    def mpint(self):
        return int.from_bytes(self.string(), "big", signed=True)

    def end(self):
        demand(not self.data, "something follows where a part of the signature ends")


def string(data):
    return len(data).to_bytes(4, "big") + data


def fingerprint(key):
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


@functools.lru_cache(maxsize=4096)
def sshsig(armored, namespace, message):
    """The key that made a signature over the message, as a blob; Wrong if none did."""
    lines = armored.strip().split("\n")
    demand(lines[0].rstrip("\r") == "-----BEGIN SSH SIGNATURE-----"
           and lines[-1].rstrip("\r") == "-----END SSH SIGNATURE-----", "it is not an SSH signature")
    try:
        blob = base64.b64decode("".join(line.rstrip("\r") for line in lines[1:-1]), validate=True)
    except ValueError:
        raise Wrong("its signature is not base64")
    sig = Wire(blob)
    demand(sig.take(6) == b"SSHSIG" and sig.number() == 1, "it is not an SSH signature of version 1")
    key, space, reserved, hashed, made = (sig.string() for _ in range(5))
    sig.end()
    demand(space == namespace.encode(), "it was signed for something else")
    demand(hashed in (b"sha256", b"sha512"), "its hash is not one that is taken")
    digest = hashlib.new(hashed.decode(), message).digest()
    signed = b"SSHSIG" + string(space) + string(reserved) + string(hashed) + string(digest)
    demand(signature_holds(key, made, signed), "its signature does not hold")
    return key


def signature_holds(key, made, message):
    key, made = Wire(key), Wire(made)
    kind, algorithm, value = key.string().decode("latin-1"), made.string().decode("latin-1"), made.string()
    if kind == "ssh-rsa":
        exponent, modulus = key.mpint(), key.mpint()
        key.end(), made.end()
        hashed = {"rsa-sha2-256": "sha256", "rsa-sha2-512": "sha512"}.get(algorithm)
        return hashed and 2048 <= modulus.bit_length() <= 16384 and rsa(modulus, exponent, hashed, message, value)
    if algorithm != kind:
        return False
    curve = key.string().decode("latin-1") if kind.startswith(("ecdsa", "sk-ecdsa")) else None
    public = key.string()
    if kind.startswith("sk-"):  # what the security key signed: whom for, whether it was touched, how often, and the rest
        application, flags, counter = key.string(), made.take(1), made.take(4)
        message = (hashlib.sha256(application).digest() + flags + counter + hashlib.sha256(message).digest())
        if not flags[0] & 1:
            return False
    key.end(), made.end()
    if kind in ("ssh-ed25519", "sk-ssh-ed25519@openssh.com"):
        return ed25519(public, message, value)
    wanted = {"ecdsa-sha2-nistp256": "nistp256", "ecdsa-sha2-nistp384": "nistp384", "ecdsa-sha2-nistp521": "nistp521",
              "sk-ecdsa-sha2-nistp256@openssh.com": "nistp256"}.get(kind)
    return wanted is not None and wanted == curve and ecdsa(curve, public, message, value)


def rsa(modulus, exponent, hashed, message, value):
    size = (modulus.bit_length() + 7) // 8
    prefix = {"sha256": "3031300d060960864801650304020105000420", "sha512": "3051300d060960864801650304020305000440"}
    info = bytes.fromhex(prefix[hashed]) + hashlib.new(hashed, message).digest()
    padded = b"\0\1" + b"\xff" * (size - len(info) - 3) + b"\0" + info
    number = int.from_bytes(value, "big")
    return len(value) <= size and number < modulus and pow(number, exponent, modulus) == int.from_bytes(padded, "big")


# name: p, b, order, generator's x and y, hash; a is -3
CURVES = {
    "nistp256": (
        2**256 - 2**224 + 2**192 + 2**96 - 1,
        0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
        0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
        "sha256"),
    "nistp384": (
        2**384 - 2**128 - 2**96 + 2**32 - 1,
        0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
        0xAA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7,
        0x3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F,
        "sha384"),
    "nistp521": (
        2**521 - 1,
        0x0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00,
        0x01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409,
        0x00C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3DBAA14B5E77EFE75928FE1DC127A2FFA8DE3348B3C1856A429BF97E7E31C2E5BD66,
        0x011839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E662C97EE72995EF42640C550B9013FAD0761353C7086A272C24088BE94769FD16650,
        "sha512"),
}


def ecdsa(curve, public, message, value):
    p, b, order, gx, gy, hashed = CURVES[curve]
    size = (p.bit_length() + 7) // 8
    if len(public) != 1 + 2 * size or public[0] != 4:
        return False
    x, y = int.from_bytes(public[1:1 + size], "big"), int.from_bytes(public[1 + size:], "big")
    pair = Wire(value)
    r, s = pair.mpint(), pair.mpint()
    pair.end()
    if not (x < p and y < p and (y * y - x**3 + 3 * x - b) % p == 0 and 0 < r < order and 0 < s < order):
        return False

    def add(one, two):
        if one is None or two is None:
            return one or two
        (x1, y1), (x2, y2) = one, two
        if x1 == x2 and (y1 + y2) % p == 0:
            return None
        slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, p) if one == two else (y2 - y1) * pow(x2 - x1, -1, p)
        x3 = (slope * slope - x1 - x2) % p
        return x3, (slope * (x1 - x3) - y1) % p

    digest = hashlib.new(hashed, message).digest()
    e = int.from_bytes(digest, "big") >> max(0, len(digest) * 8 - order.bit_length())
    w = pow(s, -1, order)
    point = add(multiply(e * w % order, (gx, gy), add, None), multiply(r * w % order, (x, y), add, None))
    return point is not None and point[0] % order == r


def multiply(times, point, add, zero):
    result = zero
    while times:
        if times & 1:
            result = add(result, point)
        point = add(point, point)
        times >>= 1
    return result


def ed25519(public, message, value):
    p, order = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
    d = -121665 * pow(121666, -1, p) % p

    def point(data):
        number = int.from_bytes(data, "little")
        y, odd = number & (1 << 255) - 1, number >> 255
        square = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
        x = pow(square, (p + 3) // 8, p)
        if (x * x - square) % p:
            x = x * pow(2, (p - 1) // 4, p) % p
        if y >= p or (x * x - square) % p or x == 0 and odd:
            return None
        x = p - x if x & 1 != odd else x
        return x, y, 1, x * y % p

    def add(one, two):
        a, b = (one[1] - one[0]) * (two[1] - two[0]) % p, (one[1] + one[0]) * (two[1] + two[0]) % p
        c, e = 2 * one[3] * two[3] * d % p, 2 * one[2] * two[2] % p
        return (b - a) * (e - c) % p, (e + c) * (b + a) % p, (e - c) * (e + c) % p, (b - a) * (b + a) % p

    if len(public) != 32 or len(value) != 64:
        return False
    key, r, s = point(public), point(value[:32]), int.from_bytes(value[32:], "little")
    if key is None or r is None or s >= order:
        return False
    h = int.from_bytes(hashlib.sha512(value[:32] + public + message).digest(), "little") % order
    base = point((4 * pow(5, -1, p) % p).to_bytes(32, "little"))
    zero = (0, 1, 1, 0)
    left, right = multiply(s, base, add, zero), add(r, multiply(h, key, add, zero))
    return (left[0] * right[2] - right[0] * left[2]) % p == 0 and (left[1] * right[2] - right[1] * left[2]) % p == 0


# --- Seals: whose keys count ------------------------------------------------------------------------------------------

def read_signers(path):
    """The lines of an allowed_signers file (ssh-keygen(1)) as pairs of a key and its options."""
    signers = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.strip() or line.startswith("#"):
                continue
            words = re.findall(r'(?:[^\s"]|"[^"]*")+', line)
            at = next((i for i, word in enumerate(words) if i and re.match("(sk-)?(ssh|ecdsa)-", word)), 0)
            options = {}
            for option in re.findall(r'(?:[^,"]|"[^"]*")+', words[1]) if at == 2 else []:
                name, _, value = option.partition("=")
                options[name.lower()] = value.strip('"')
            times = [signers_time(options[name]) for name in ("valid-after", "valid-before") if name in options]
            known = set(options) <= {"namespaces", "valid-after", "valid-before"} and None not in times
            try:
                key = base64.b64decode(words[at + 1], validate=True) if at in (1, 2) and known else b""
                demand(Wire(key).string().decode("latin-1") == words[at], "it is another type's")
            except (Wrong, ValueError, IndexError):
                raise Unreadable("%s has a line that can't be used: %s" % (path, line.strip()))
            signers.append((key, options))
    return signers


def signers_time(text):
    """YYYYMMDD[HHMM[SS]][Z], in UTC as this program reads it, also without the Z."""
    for shape in ("%Y%m%d", "%Y%m%d%H%M", "%Y%m%d%H%M%S"):
        try:
            if len(text.rstrip("Z")) == len(datetime.datetime(2000, 1, 1).strftime(shape)):
                return datetime.datetime.strptime(text.rstrip("Z"), shape).replace(tzinfo=datetime.timezone.utc)
        except ValueError:
            pass
    return None


def is_signer(signers, record):
    at = moment(record["time"])
    for key, options in signers:
        after, before = (signers_time(options[name]) if name in options else None
                         for name in ("valid-after", "valid-before"))
        if (fingerprint(key) == record["data"]["key"]
                and any(fnmatch.fnmatchcase("gert-run-v1", each) for each in options.get("namespaces", "*").split(","))
                and (not after or after <= at) and (not before or at < before)):
            return True
    return False


# --- Verdicts ---------------------------------------------------------------------------------------------------------

def verify(path, signers=None, last_hash=None):
    """VALID, INVALID or INCOMPLETE, with line, file and reason; Unreadable if nothing can be said."""
    bundled = path.endswith(".zip")
    folder = Bundle(path) if bundled else Folder(path)
    if bundled and folder.fault:
        return "INVALID", None, folder.fault[0], folder.fault[1]
    if not folder.is_folder() or not folder.is_file("journal.jsonl"):
        raise Unreadable("it is not a folder with a journal.jsonl")
    try:
        name = folder.run if bundled else os.path.basename(os.path.abspath(path))
        records, torn, over = read_journal(folder.read("journal.jsonl"), name)
        check_named_files(folder, records)
        check_evidence(folder, records)
        check_folders(folder, records)
        if last_hash and last_hash not in [record["hash"] for record in records]:
            raise Invalid("no record has the hash that was given", line=len(records))
        if signers is not None:
            last = records[-1] if records else {"type": ""}
            if last["type"] != "run_sealed" or not is_signer(signers, last):
                raise Invalid("it is not the seal of one of the signers", line=len(records))
    except Invalid as e:
        return "INVALID", e.line, e.file, str(e)
    if torn:
        return "INCOMPLETE", len(records) + 1, None, "its last record was never finished"
    if not over:
        return "INCOMPLETE", len(records), None, "the run is not over: its last record is " + records[-1]["type"]
    return "VALID", None, None, "%d records, the last hash is %s" % (len(records), records[-1]["hash"])


def main():
    parser = argparse.ArgumentParser(description="Verifies the folders of gert runs, as docs/journal.md says.")
    parser.add_argument("--signers", help="an allowed_signers file: the run has to be sealed by one of these keys")
    parser.add_argument("--last-hash", help="a hash that was kept elsewhere: a record has to have it")
    parser.add_argument("--json", action="store_true", help="one JSON object a folder")
    parser.add_argument("folder", nargs="+", help="a run's folder, or its bundle")
    given = parser.parse_args()
    worst = 0
    try:
        signers = read_signers(given.signers) if given.signers else None
    except (OSError, Unreadable, UnicodeDecodeError) as e:
        print("error: %s" % e, file=sys.stderr)
        return 2
    for folder in given.folder:
        try:
            verdict, line, file, reason = verify(folder, signers, given.last_hash)
            worst = max(worst, verdict != "VALID")
        except (OSError, Unreadable) as e:
            verdict, line, file, reason, worst = "UNREADABLE", None, None, str(e), 2
        place = ", ".join((["line %d" % line] if line else []) + ([file] if file else []))
        if given.json:
            print(json.dumps({"folder": folder, "verdict": verdict, "line": line, "file": file, "reason": reason}))
        else:
            print("%s %s%s: %s" % (verdict, folder, " " + place if place else "", reason))
    return worst


if __name__ == "__main__":
    sys.exit(main())
