"""Random nested values, encoded by other programs and by payspec, are the same pairs, and payspec reads theirs."""

import json
import random
import subprocess
import sys
from urllib.parse import parse_qsl, urlencode

import qs_codec
from stripe._encode import _api_encode

VALUES = 400
HOSTILE = ["&", "=", "+", "%", "%5B", " ", "\r\n", "é", "支付", "💳", ";", "#", "?", "'", '"', "a", "0", "null", "true"]


def text(dice):
    brackets = HOSTILE + ["[", "]", "[]", ","]
    return "".join(dice.choices(brackets, k=dice.randrange(5)))


def key(dice):
    return "".join(dice.choices(HOSTILE, k=dice.randrange(1, 4)))


def integer(dice):
    return dice.randrange(-(2**63), 2**63)


def flat(dice):
    """Fields that every style can write."""
    value = {}
    if dice.random() < 0.5:
        value["text"] = text(dice)
    if dice.random() < 0.5:
        value["integer"] = integer(dice)
    if dice.random() < 0.5:
        value["flag"] = dice.random() < 0.5
    if dice.random() < 0.5:
        value["numbers"] = [integer(dice) for _ in range(dice.randrange(1, 13))]
    return value


def texts(dice):
    return {"texts": [text(dice) for _ in range(dice.randrange(1, 4))]}


def node(dice, depth, lists):
    value = flat(dice) | texts(dice)
    if dice.random() < 0.5:
        value["map"] = {key(dice): text(dice) for _ in range(dice.randrange(1, 4))}
    if depth > 0 and dice.random() < 0.7:
        value["node"] = node(dice, depth - 1, lists)
    if lists and depth > 0 and dice.random() < 0.7:
        value["nodes"] = [node(dice, depth - 1, lists) for _ in range(dice.randrange(1, 4))]
    if lists and dice.random() < 0.5:
        value["grid"] = [[integer(dice) for _ in range(dice.randrange(1, 3))] for _ in range(dice.randrange(1, 3))]
    return value


def qs(list_format):
    options = qs_codec.EncodeOptions(list_format=list_format)
    return lambda value: qs_codec.encode(value, options)


FORMATS = qs_codec.ListFormat
ENCODERS = [
    ("stripe", "brackets", lambda dice: node(dice, 3, True), lambda value: urlencode(list(_api_encode(value)))),
    ("qs", "brackets", lambda dice: node(dice, 3, True), qs(FORMATS.INDICES)),
    ("qs", "empty_brackets", lambda dice: node(dice, 3, False), qs(FORMATS.BRACKETS)),
    ("qs", "repeat", lambda dice: flat(dice) | texts(dice), qs(FORMATS.REPEAT)),
    ("qs", "comma", flat, qs(FORMATS.COMMA)),
]


def pairs(form):
    found = parse_qsl(form, keep_blank_values=True, strict_parsing=bool(form), errors="strict", separator="&")
    # The order of members means nothing, that of equal names does.
    return sorted(found, key=lambda pair: pair[0])


def main():
    dice = random.Random(20240229)
    cases = []
    for name, style, make, encode in ENCODERS:
        for _ in range(VALUES):
            value = make(dice)
            cases.append((name, style, value, encode(value)))
    lines = [json.dumps({"style": style, "value": value, "form": form}) for _, style, value, form in cases]
    run = subprocess.run([sys.argv[1]], input="\n".join(lines), capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(cases), f"{len(answers)} answers to {len(cases)} cases"
    seen = {}
    for (name, style, value, form), answer in zip(cases, answers):
        assert "error" not in answer, (name, style, value, answer)
        assert pairs(answer["form"]) == pairs(form), (name, style, value, answer["form"], form)
        assert answer["value"] == value, (name, style, value, answer["value"], form)
        seen[name, style] = seen.get((name, style), 0) + len(pairs(form))
    for (name, style), count in seen.items():
        print(f"{name} and payspec write `{style}` alike: {VALUES} values, {count} pairs")


main()
