#!/usr/bin/env python3
"""Rewrites specs of version 1 of the format in version 2, in place, and keeps comments and order.

    convert_v1.py FOLDER|FILE...

A folder with an `api.yaml` is an API; a file is a patch of the tests (`# file: PATH` sections).
"""
import collections
import pathlib
import re
import sys

import yaml


class Edits:
    """Replacements of parts of a text, by position."""

    def __init__(self, text):
        self.text, self.list = text, []
        self.root = yaml.compose(text)

    def put(self, start, end, new):
        self.list.append((start, end, new))

    def put_node(self, node, new):
        self.put(node.start_mark.index, node.end_mark.index, new)

    def cut_entry(self, mapping, key):
        """Takes out a key with its value."""
        pairs = mapping.value
        at = next(i for i, (k, _) in enumerate(pairs) if k.value == key)
        k, v = pairs[at]
        if mapping.flow_style:
            if at + 1 < len(pairs):
                self.put(k.start_mark.index, pairs[at + 1][0].start_mark.index, "")
            elif at > 0:
                self.put(pairs[at - 1][1].end_mark.index, v.end_mark.index, "")
            else:
                self.put(k.start_mark.index, v.end_mark.index, "")
            return
        start = self.text.rfind("\n", 0, k.start_mark.index) + 1
        end = v.end_mark.index
        if isinstance(v, yaml.ScalarNode) or v.flow_style:
            end = self.text.find("\n", end) + 1 or len(self.text)
        else:
            # The end of a block is where the next token starts.
            while end > 0 and self.text[end - 1] in " ":
                end -= 1
        self.put(start, end, "")

    def done(self):
        text = self.text
        for start, end, new in sorted(self.list, reverse=True):
            text = text[:start] + new + text[end:]
        return text


def get(node, *keys):
    for key in keys:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((v for k, v in node.value if k.value == key), None)
    return node


def key_of(node, key):
    return next(k for k, _ in node.value if k.value == key)


def text_of(node):
    return node.value if isinstance(node, yaml.ScalarNode) else None


DECIDE = {"succeeded": "done", "failed": "failed", "pending": "pending"}


def api(text, _shared):
    e = Edits(text)
    version = get(e.root, "payspec")
    if version is not None and version.value == "1":
        e.put_node(version, "2")
    prefixes = get(e.root, "path_prefixes")
    if prefixes is not None:
        e.put_node(key_of(e.root, "path_prefixes"), "servers")
        for _, one in prefixes.value:
            e.put_node(key_of(one, "prefix"), "url")
    for side in ("request", "response"):
        headers = get(e.root, "headers", side)
        if not isinstance(headers, yaml.SequenceNode):
            continue
        if headers.flow_style:
            e.put(headers.start_mark.index, headers.start_mark.index + 1, "{ " if headers.value else "{")
            e.put(headers.end_mark.index - 1, headers.end_mark.index, " }" if headers.value else "}")
        for header in headers.value:
            name = get(header, "name")
            start = header.start_mark.index
            if not headers.flow_style:
                start = text.rfind("-", 0, start)
            written = text[name.start_mark.index:name.end_mark.index]
            if header.flow_style:
                e.put(start, header.start_mark.index, f"{written}: ")
                e.cut_entry(header, "name")
            else:
                keys = [k for k, _ in header.value]
                assert keys[0].value == "name", "a header that does not start with its name"
                lone = " {}" if len(keys) == 1 else ""
                e.put(start, name.end_mark.index, f"{written}:{lone}")
    return e.done()


def results(text, shared):
    e = Edits(text)
    statuses = get(e.root, "statuses")
    if statuses is None:
        return text
    head = [f"{key}: {shared[key]}\n" for key in ("by", "code", "message") if shared.get(key)]
    e.put_node(key_of(e.root, "statuses"), "".join(head) + "cases")
    for _, status in statuses.value:
        known = get(status, "class")
        if known is not None:
            e.put_node(key_of(status, "class"), "decide")
            e.put_node(known, DECIDE.get(known.value, known.value))
    return e.done()


def types(text, _shared):
    e = Edits(text)
    for _, one in (get(e.root, "objects") or yaml.MappingNode("", [])).value:
        amount = get(one, "amount")
        if amount is None:
            continue
        currency, value = get(amount, "currency"), get(amount, "value")
        steps = get(amount, "multiple_of")
        money = f"/{currency.value}"
        if steps is not None:
            raw = text[steps.start_mark.index:steps.end_mark.index].rstrip()
            if not steps.flow_style:
                raw = "{ " + re.sub(r"\s*\n\s*", ", ", raw) + " }"
            money = f"{{ currency: {money}, multiple_of: {raw} }}"
        field = get(one, "fields", value.value)
        kind = get(field, "type") if field is not None else None
        if kind is not None:
            if field.flow_style:
                e.put(kind.end_mark.index, kind.end_mark.index, f", money: {money}")
            else:
                indent = " " * key_of(field, "type").start_mark.column
                e.put(kind.end_mark.index, kind.end_mark.index, f"\n{indent}money: {money}")
        e.cut_entry(one, "amount")
    return e.done()


def operation(text, shared):
    e = Edits(text)
    caller = get(e.root, "caller")
    if caller is not None:
        if caller.value == "provider":
            e.put_node(key_of(e.root, "caller"), "notification")
            e.put_node(caller, "{}")
        else:
            e.cut_entry(e.root, "caller")
    result = get(e.root, "result")
    if isinstance(result, yaml.MappingNode):
        status = text_of(get(result, "status"))
        if status is not None:
            if status == shared.get("by") and len(result.value) > 1:
                e.cut_entry(result, "status")
            elif status.startswith("/") or get(result, "decisions") is None:
                e.put_node(key_of(result, "status"), "by")
            else:
                print("    by hand: a message without a status")
        for key in ("code", "message"):
            if shared.get(key) and text_of(get(result, key)) == shared[key]:
                e.cut_entry(result, key)
        if get(result, "decisions") is not None:
            e.put_node(key_of(result, "decisions"), "cases")
        known = get(result, "shared_codes")
        if known is not None and known.value == "all":
            e.put_node(known, "unknown")
    return e.done()


def kind_of(path):
    name = str(path)
    if name.endswith("api.yaml"):
        return api
    if name.endswith("results.yaml"):
        return results
    if "types/" in name:
        return types
    if "operations/" in name:
        return operation
    return None


def common(texts, hoist):
    """What the results of all operations have in common."""
    found = collections.defaultdict(collections.Counter)
    results_seen = 0
    for text in texts:
        try:
            root = yaml.compose(text)
        except yaml.YAMLError:
            continue
        result = get(root, "result")
        if result is None:
            continue
        results_seen += get(root, "extends") is None
        for old, new in (("status", "by"), ("code", "code"), ("message", "message")):
            value = text_of(get(result, old))
            if value and value.startswith("/"):
                found[new][value] += 1
    shared = {}
    for key, counts in found.items():
        value, times = counts.most_common(1)[0]
        if key == "by" or hoist and len(counts) == 1 and times == results_seen:
            shared[key] = value
    return shared


def folder(path):
    operations = [f.read_text() for f in sorted(path.glob("operations/*.yaml"))]
    shared = common(operations, True)
    if not (path / "results.yaml").exists():
        shared = {}
    for file in sorted(path.rglob("*.yaml")):
        change = kind_of(file.relative_to(path))
        if change is not None:
            rewrite(file, lambda text: change(text, shared))


SECTION = re.compile(r"(?m)^# (file|edit|gone|pair|beside|with|case): ?(.*)\n?")


def patch(path, by):
    def change(text):
        parts, out, heads = SECTION.split(text), [], []
        out.append(parts[0])
        for what, name, body in zip(parts[1::3], parts[2::3], parts[3::3]):
            kind = kind_of(name) if what == "file" else None
            if kind is not None:
                try:
                    body = kind(body, {} if by == "none" else {"by": by})
                except (yaml.YAMLError, AssertionError, AttributeError, StopIteration, TypeError) as error:
                    print(f"    by hand: {path}: {name}: {str(error)[:80]!r}")
            out.append(f"# {what}: {name}\n{body}")
        return "".join(out)

    rewrite(path, change)


def rewrite(file, change):
    old = file.read_text()
    try:
        new = change(old)
    except Exception as error:
        print(f"    by hand: {file}: {error!r}"[:200])
        return
    if new != old:
        file.write_text(new)
        print(file)


for name in sys.argv[1:]:
    name, _, by = name.partition("=")
    at = pathlib.Path(name)
    folder(at) if at.is_dir() else patch(at, by or "/status")
