"""Codebooks of facts, written as TOML."""

import json


def entry(**fact):
    """Return one [[fact]] of a codebook as TOML; a dict of values becomes an inline table."""

    def toml(value):
        if isinstance(value, dict):
            return "{" + ", ".join(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in value.items()) + "}"
        return json.dumps(value, ensure_ascii=False)

    keys = ("id", "question", "kind", "unit", "near", "values")
    return "\n".join(["[[fact]]", *(f"{key} = {toml(fact[key])}" for key in keys if key in fact), ""])
