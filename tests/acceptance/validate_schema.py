#!/usr/bin/env python3
"""Judges a measurements.json by its JSON Schema with python3-jsonschema, a validator that is not ours.

Usage: validate_schema.py DOCUMENT.json [SCHEMA.json]
Exit status 0 when the document is valid; 1, and one line per error, when it is not or cannot be read.
"""
import json
import pathlib
import sys

import jsonschema

DEFAULT_SCHEMA = pathlib.Path(__file__).parents[2] / "docs" / "schema" / "measurements.schema.json"


def refuse_constant(name):
    raise ValueError(f"{name} is not JSON (RFC 8259)")


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"), parse_constant=refuse_constant)


def faults(document, schema):
    """One line per fault: where, and what."""
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for error in sorted(validator.iter_errors(document), key=lambda error: error.json_path):
        yield f"{error.json_path}: {error.message}"
    if document.get("lesion_count") != len(document.get("lesions") or []):
        yield "$.lesion_count: is not the number of lesions"


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 1
    try:
        schema = load(arguments[1] if len(arguments) == 2 else DEFAULT_SCHEMA)
        found = list(faults(load(arguments[0]), schema))
    except (OSError, ValueError, AttributeError, jsonschema.SchemaError) as error:
        found = [f"{arguments[0]}: {error}"]
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
