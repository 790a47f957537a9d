"""Tries a sample of the mutants that `cargo mutants` lists, all of them in one build.

A build for each mutant would take hours. Here each mutant is a branch that an environment variable turns on,
so that the crate and its tests are compiled once and run once for each mutant:

    if crate::mutant::on(17) { return None; }

Usage, in the root of the repository: mutants.py SAMPLE [SEED], or mutants.py again for those that were missed the
last time. The working tree is not touched: a copy of it is changed and built in target/mutants. Prints each mutant
that no test catches, and the figures.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tree_sitter
import tree_sitter_rust

ROOT = Path.cwd()
FOLDER = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "mutants"
UNCHANGED, COPY = FOLDER / "unchanged", FOLDER / "copy"
MISSED = FOLDER / "missed"
# Client, flow, walk and result: what decides about money.
FILES = ["runtime/src/client/**", "runtime/src/flow/**", "runtime/src/walk/**", "runtime/src/result.rs"]
# Not compiled with all features, and nothing but empty functions.
NOT_THESE = ["runtime/src/client/trace/off.rs"]
# Tests of the crate itself; then, for what those let through, the tests that use generated clients.
OWN = ["-p", "payspec-runtime", "--all-features", "--tests"]
OTHERS = [
    (["-p", "payspec-tests", "--test", "all"], ["client::", "flow_life::", "resend::"]),
    (["-p", "payspec-tests", "--test", "operations"], []),
]
# A test that builds the command anew, and says nothing of the runtime that another one does not.
BUILDS = "canary::in_what_the_command_prints"
# A test that takes so many times what it takes without a mutant, and a while more, hangs.
PATIENCE, WHILE = 4, 20
SWITCH = """
/// Which mutant is on.
pub(crate) mod mutant {
    pub(crate) fn on(number: u32) -> bool {
        static NUMBER: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
        let set = || std::env::var("MUTANT").ok().and_then(|text| text.parse().ok());
        *NUMBER.get_or_init(|| set().unwrap_or(u32::MAX)) == number
    }
}
"""
ON = "crate::mutant::on"
PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_rust.language()))


def listed():
    """All mutants, in an order that is the same on each machine."""
    command = ["cargo", "mutants", "--list", "--json", "-p", "payspec-runtime"]
    for pattern in FILES:
        command += ["-f", pattern]
    for pattern in NOT_THESE:
        command += ["-e", pattern]
    text = subprocess.run(command, cwd=UNCHANGED, check=True, capture_output=True, text=True).stdout
    return sorted(json.loads(text), key=lambda mutant: mutant["name"])


def offset(text, place):
    lines = text.split(b"\n")
    column = len(lines[place["line"] - 1].decode()[: place["column"] - 1].encode())
    return sum(len(line) + 1 for line in lines[: place["line"] - 1]) + column


def node_at(tree, start, kinds):
    """The outermost node of these kinds whose operator, or which itself, starts here."""
    stack, found = [tree.root_node], []
    while stack:
        node = stack.pop()
        if node.type in kinds:
            operator = node.child_by_field_name("operator")
            if (operator.start_byte if operator else node.start_byte) == start:
                found.append(node)
        stack.extend(child for child in node.children if child.start_byte <= start < child.end_byte)
    return found[0] if found else None


class Edit:
    """A place that some mutants change."""

    def __init__(self, node_span, kind, node=None):
        self.start, self.end = node_span
        self.kind, self.node, self.mutants = kind, node, []


def edits_of(text, mutants):
    """The places of a file's mutants; those that cannot be switched are left out."""
    tree, edits = PARSER.parse(text), {}
    for number, mutant in mutants:
        start, end = offset(text, mutant["span"]["start"]), offset(text, mutant["span"]["end"])
        genre, node = mutant["genre"], None
        if genre == "FnValue":
            span = (start, start)
        elif genre == "MatchArmGuard":
            span = (start, end)
        elif genre == "MatchArm":
            node = node_at(tree, start, {"match_arm"})
            pattern = node and node.child_by_field_name("pattern")
            if not pattern:
                continue
            condition = pattern.child_by_field_name("condition")
            span = (condition.start_byte, condition.end_byte) if condition else (pattern.end_byte, pattern.end_byte)
            genre = "ArmWithGuard" if condition else "Arm"
        elif genre == "UnaryOperator":
            node = node_at(tree, start, {"unary_expression"})
            if not node:
                continue
            span = (node.start_byte, node.end_byte)
        elif genre == "BinaryOperator":
            node = node_at(tree, start, {"binary_expression", "compound_assignment_expr"})
            if not node:
                continue
            span = (node.start_byte, node.end_byte)
        else:
            continue
        edit = edits.setdefault((span, genre), Edit(span, genre, node))
        edit.mutants.append((number, mutant["replacement"]))
    return sorted(edits.values(), key=lambda edit: (edit.start, edit.kind != "FnValue", -edit.end))


def render(text, start, end, edits):
    """The text from start to end, with its edits."""
    out, at = [], start
    inside = [edit for edit in edits if start <= edit.start and edit.end <= end]
    while inside:
        edit = inside.pop(0)
        if edit.start < at:
            continue
        out.append(text[at : edit.start])
        within = [other for other in inside if other.end <= edit.end and other.start >= edit.start and other.end > edit.start]
        inside = [other for other in inside if other not in within]
        out.append(replaced(text, edit, within))
        at = edit.end
    out.append(text[at:end])
    return b"".join(out)


def replaced(text, edit, within):
    def part(node):
        return render(text, node.start_byte, node.end_byte, within)

    whole = lambda: render(text, edit.start, edit.end, within)
    result = b""
    if edit.kind == "FnValue":
        for number, replacement in edit.mutants:
            result += f"if {ON}({number}) {{ return {replacement}; }} ".encode()
        return result
    if edit.kind == "Arm":
        guards = " && ".join(f"!{ON}({number})" for number, _ in edit.mutants)
        return f" if {guards}".encode()
    if edit.kind in ("ArmWithGuard", "MatchArmGuard"):
        result = b"(" + whole() + b")"
        for number, replacement in edit.mutants:
            if edit.kind == "MatchArmGuard" and replacement == "true":
                result = f"({ON}({number}) || ".encode() + result + b")"
            else:
                result = f"(!{ON}({number}) && ".encode() + result + b")"
        return result
    if edit.kind == "UnaryOperator":
        operand = part(edit.node.children[1])
        operator = text[edit.start : edit.node.children[1].start_byte]
        number = edit.mutants[0][0]
        return f"(if {ON}({number}) {{ ".encode() + operand + b" } else { " + operator + operand + b" })"
    left, right = (part(edit.node.child_by_field_name(side)) for side in ("left", "right"))
    operator = edit.node.child_by_field_name("operator")
    own = text[operator.start_byte : operator.end_byte]
    branches = b""
    for number, replacement in edit.mutants:
        branches += f"if {ON}({number}) {{ ".encode() + left + f" {replacement} ".encode() + right + b" } else "
    return b"(" + branches + b"{ " + left + b" " + own + b" " + right + b" })"


def write(sample, dropped):
    """Writes the files of the sample with all of its mutants but the dropped ones."""
    switched = set()
    for file in sorted({mutant["file"] for _, mutant in sample}):
        text = (UNCHANGED / file).read_bytes()
        own = [(number, mutant) for number, mutant in sample if mutant["file"] == file and number not in dropped]
        new = render(text, 0, len(text), edits_of(text, own))
        switched |= {int(found) for found in re.findall(rb"mutant::on\((\d+)\)", new)}
        (COPY / file).write_bytes(new)
    root = (UNCHANGED / "runtime/src/lib.rs").read_text()
    (COPY / "runtime/src/lib.rs").write_text(root + SWITCH)
    return switched


def cargo(*arguments):
    environment = {**os.environ, "CARGO_TARGET_DIR": str(FOLDER / "build"), "RUSTFLAGS": "-Awarnings"}
    return subprocess.run(["cargo", *arguments], cwd=COPY, env=environment, capture_output=True, text=True)


def unviable():
    """The mutants at which the compiler stops."""
    output = cargo("check", "-p", "payspec-runtime", "--all-features", "--message-format=json").stdout
    found = set()
    for line in output.splitlines():
        message = json.loads(line).get("message", {})
        if message.get("level") != "error":
            continue
        for span in message["spans"]:
            file = COPY / span["file_name"]
            if not span["is_primary"] or not file.exists():
                continue
            text = file.read_bytes()
            at = [(abs(found.start() - span["byte_start"]), int(found[1])) for found in re.finditer(rb"mutant::on\((\d+)\)", text)]
            if at:
                found.add(min(at)[1])
    return found


def binaries(arguments, filters=()):
    """The test binaries of these arguments, each with its folder and the filters of its tests."""
    output = cargo("test", "--no-run", "--message-format=json", *arguments)
    if output.returncode != 0:
        sys.exit(output.stderr)
    messages = [json.loads(line) for line in output.stdout.splitlines()]
    made = [one for one in messages if one.get("reason") == "compiler-artifact" and one["profile"]["test"]]
    return [([one["executable"], *filters], Path(one["manifest_path"]).parent) for one in made if one["executable"]]


def run(command, folder, number, seconds=None):
    """Whether the tests pass; None when they hang."""
    environment = {**os.environ, "MUTANT": str(number), "RUST_BACKTRACE": "0"}
    try:
        # The first test that fails is enough.
        done = subprocess.run([*command, "-q", "--skip", BUILDS], cwd=folder, env=environment, timeout=seconds, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return None
    return done.returncode == 0


def timed(group):
    """The binaries of a group, with the time that each of them is given."""
    found = []
    for command, folder in group:
        start = time.monotonic()
        if not run(command, folder, "none"):
            sys.exit(f"{command} fails without a mutant")
        found.append((command, folder, PATIENCE * (time.monotonic() - start) + WHILE))
    return found


def catches(group, number):
    """How the tests of a group catch a mutant, if they do."""
    for command, folder, seconds in group:
        passes = run(command, folder, number, seconds)
        if not passes:
            return "hangs" if passes is None else "fails"
    return None


def wanted(mutants, names):
    """The mutants of these names, wherever their lines have moved to."""
    known = {re.sub(r":\d+:\d+:", ":", name) for name in names}
    return [mutant for mutant in mutants if re.sub(r":\d+:\d+:", ":", mutant["name"]) in known]


def main():
    again = sys.argv[1] == "again"
    size = sys.maxsize if again else int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 14
    # The working tree may change meanwhile.
    for folder in (UNCHANGED, COPY):
        shutil.rmtree(folder, ignore_errors=True)
    tracked = subprocess.run(["git", "ls-files"], check=True, capture_output=True, text=True).stdout.splitlines()
    for file in tracked:
        if (ROOT / file).is_file():
            (UNCHANGED / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, UNCHANGED / file)
    shutil.copytree(UNCHANGED, COPY)
    mutants = listed()
    if again:
        sample = list(enumerate(wanted(mutants, MISSED.read_text().splitlines())))
    else:
        random.Random(seed).shuffle(mutants)
        # Some cannot be compiled.
        sample = list(enumerate(mutants[: size * 2]))
    dropped = set()
    while True:
        switched = write(sample, dropped)
        more = unviable()
        if not more:
            break
        dropped |= more
        print(f"{len(dropped)} cannot be compiled", flush=True)
    tried = [(number, mutant) for number, mutant in sample if number in switched][:size]
    print(f"{len(mutants)} mutants, seed {seed}: {len(tried)} of the first {len(sample)} are tried", flush=True)
    own = timed(binaries(OWN))
    others = timed(found for arguments, filters in OTHERS for found in binaries(arguments, filters))
    counts = dict.fromkeys(["own", "others", "hangs", "missed"], 0)
    missed = []

    def judged(one):
        number, mutant = one
        by_own = catches(own, number)
        return mutant["name"], by_own, by_own or catches(others, number)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for count, (name, by_own, how) in enumerate(pool.map(judged, tried), 1):
            if count % 10 == 0:
                print(f"{count} tried", flush=True)
            if how is None:
                counts["missed"] += 1
                missed.append(name)
                print(f"MISSED: {name}", flush=True)
                continue
            counts["own" if by_own else "others"] += 1
            if how == "hangs":
                counts["hangs"] += 1
                print(f"hangs: {name}", flush=True)
            elif not by_own:
                print(f"by others: {name}", flush=True)
    MISSED.write_text("".join(f"{name}\n" for name in missed))
    caught = counts["own"] + counts["others"]
    print(
        f"{caught} of {len(tried)} caught ({100 * caught / len(tried):.1f} %): {counts['own']} by the crate's own tests, "
        f"{counts['others']} by the clients'; {counts['hangs']} of them since the tests hang; {counts['missed']} missed"
    )


main()
