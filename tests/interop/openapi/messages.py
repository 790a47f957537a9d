"""Sends each documented message of an OpenAPI document through the generated Python client.

A message must come out as it went in, apart from the spelling of times.
"""

import importlib
import json
import pkgutil
import re
import sys
from datetime import datetime

import yaml
from pydantic import ValidationError

import openapi_client.models as models

TIME = re.compile(r"\d{4}-\d{2}-\d{2}T")


def same(value: object) -> object:
    """Returns a message in which equal times are spelled alike."""
    if isinstance(value, dict):
        return {name: same(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [same(inner) for inner in value]
    if isinstance(value, str) and TIME.match(value):
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    return value


def class_of(reference: str) -> type:
    return getattr(models, reference.rsplit("/", 1)[-1])


def candidates(document: dict, media: dict) -> list[type]:
    """Returns the classes for a body. An answer that fits several scenarios is read as that of each."""
    name = media["schema"]["$ref"].rsplit("/", 1)[-1]
    ways = document["components"]["schemas"][name].get("anyOf")
    return [class_of(way["$ref"]) for way in ways] if ways else [class_of(name)]


def kept(message: object, one: type) -> object:
    """Returns a message after its way through a class; None if the class refuses it."""
    try:
        return same(json.loads(one.from_json(json.dumps(message)).to_json()))
    except ValidationError:
        return None


def bodies(document: dict):
    """Iterates over the media types of requests and answers."""
    webhooks = document.get("webhooks", document.get("x-webhooks", {}))
    for item in [*document["paths"].values(), *webhooks.values()]:
        for operation in item.values():
            yield from operation.get("requestBody", {}).get("content", {}).values()
            for answer in operation["responses"].values():
                yield from answer.get("content", {}).values()


def main() -> None:
    for module in pkgutil.iter_modules(models.__path__):
        importlib.import_module(f"{models.__name__}.{module.name}")
    with open(sys.argv[1], encoding="utf-8") as file:
        document = yaml.safe_load(file)
    checked = 0
    for media in bodies(document):
        classes = candidates(document, media)
        for name, example in media.get("examples", {}).items():
            message = example["value"]
            results = [kept(message, one) for one in classes]
            if same(message) not in results:
                sys.exit(f"{name}: {json.dumps(message)}\nbecame {results}")
            checked += 1
    if checked < 30:
        sys.exit(f"only {checked} messages")
    print(f"{checked} messages come out of the Python client as they went in")


if __name__ == "__main__":
    main()
