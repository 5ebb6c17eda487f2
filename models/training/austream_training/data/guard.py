"""Keeps pictures of real people out of training: only folders that our generator wrote are ever opened."""

import json
from pathlib import Path

SCHEMA_PREFIX = "austream.shard/"
"""How the ``schema`` of every shard written by the generator starts."""


class RefusedData(Exception):
    """A folder is not a shard of synthetic people. The message names the folder and the remedy."""


def require_synthetic(folder: Path) -> dict:
    """Returns the parsed ``shard.json`` of a folder of synthetic people.

    A folder without one, or with another schema, is refused, as is any that holds a file other than arrays and JSON:
    pictures and videos have no place in training data.
    """
    description = folder / "shard.json"
    if not description.is_file():
        raise RefusedData(f"{folder} has no shard.json: training reads only what `austream synth` wrote")
    try:
        shard = json.loads(description.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise RefusedData(f"{description} is not JSON ({error}): write the shard again with `austream synth`") from error
    schema = shard.get("schema") if isinstance(shard, dict) else None
    if not isinstance(schema, str) or not schema.startswith(SCHEMA_PREFIX):
        raise RefusedData(f"{description} has schema {schema!r}, not {SCHEMA_PREFIX}N: only `austream synth` writes training data")
    for entry in folder.iterdir():
        if entry.is_symlink() or entry.suffix not in {".npy", ".json"}:
            raise RefusedData(f"{entry} is no array of the generator: a shard holds .npy and .json files only, and no links")
    return shard
