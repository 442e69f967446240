"""How far codings can be trusted: coders against one another, and the automatic coder against people.

Precision, recall and F1 of a coder against a reference for each status, and Krippendorff's alpha (2011). Codings of one
claim in several articles are not independent, so that intervals resample whole claims.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from summit_analysis.errors import NotDefinedError
from summit_analysis.judgements import AGREED, AUTOMATIC, STATUSES, TOLD
from summit_analysis.statistics import coincidences, krippendorff_alpha

ROWS = ("told", *STATUSES, "all")
RESAMPLES, SEED = 1000, 20250815
MEASURES = ("precision", "recall", "f1", "alpha")
COLUMNS = (
    "coder", "reference", "status", "precision", "recall", "f1", "alpha", "n", "claims", "positive",
    *(f"{measure}_{side}" for measure in MEASURES for side in ("low", "high")), "evidence",
)  # fmt: skip
KINDS = ("found", "missed", "degree", "contradiction")
SIDES = ("status", "start", "end", "evidence", "note")


def agreement(claims: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """Return one row per coder, reference and status: how far the coder judges as the reference does.

    Columns: coder; reference; status (``told`` = asserts or partial, the four statuses, and ``all``: the four at
    once); precision, recall, f1 (in [0, 1]; for ``all`` the share of equal judgements); alpha (Krippendorff's, nominal,
    at most 1; of this status against the rest; empty where only one judgement occurs); n (pairs of claim and article
    that both judged); claims; positive (pairs to which the reference gives the status); each measure's _low and _high
    (95 % bootstrap interval over claims); evidence (share of the pairs told by both where the two passages overlap;
    only for ``told``).

    Every two people are compared, the later name against the earlier; ``auto`` with ``agreed``, or where there is none
    with the settled judgement of the people (reference ``majority`` where several judged, the name of an only one, or
    ``settled`` where it is now one, now the other).

    Raises
    ------
    NotDefinedError
        Fewer than two coders judged the same pair.
    """
    rows = []
    for coder, reference, both in _comparisons(claims, settled):
        rows += [(coder, reference, status, *_measured(both, status)) for status in ROWS]
    if not rows:
        raise NotDefinedError(
            "agreement is not measured: fewer than two coders judged the same claim in the same article"
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def disagreements(claims: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """Return one row per judgement on which two coders differ, with the evidence of both.

    Columns: coder, reference, claim, article; status, start, end, evidence, note of the coder; the same of the
    reference (reference_status, reference_start, reference_end, reference_evidence, reference_note); score (of ``auto``, in [0, 1]); nearest (the sentence nearest to the
    claim, by which ``auto`` judged); kind (``found``: told where the reference has it absent; ``missed``: absent where the
    reference has it told; ``degree``: told by both, by one in part only; ``contradiction``: one has it contradicted).
    Rows of one pair of coders stand by kind.

    Raises
    ------
    NotDefinedError
        Fewer than two coders judged the same pair.
    """
    tables = []
    for coder, reference, both in _comparisons(claims, settled):
        differing = both[both["status"] != both["reference_status"]]
        kinds = [_kind(*pair) for pair in zip(differing["status"], differing["reference_status"], strict=True)]
        differing = differing.assign(coder=coder, reference=reference, kind=pd.array(kinds, dtype="str"))
        tables.append(differing.sort_values("kind", key=lambda kind: kind.map(KINDS.index), kind="stable"))
    if not tables:
        raise NotDefinedError(
            "agreement is not measured: fewer than two coders judged the same claim in the same article"
        )
    columns = [
        "coder",
        "reference",
        "claim",
        "article",
        *SIDES,
        *(f"reference_{side}" for side in SIDES),
        "score",
        "nearest",
        "kind",
    ]
    return pd.concat(tables, ignore_index=True)[columns]


def _kind(status: str, reference: str) -> str:
    """Return in what way two judgements differ."""
    if "contradicts" in (status, reference):
        return "contradiction"
    if reference == "absent":
        return "found"
    return "missed" if status == "absent" else "degree"


def _comparisons(claims: pd.DataFrame, settled: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    """Return coder, reference and the pairs that both judged, for each two that are compared."""
    people = sorted(set(claims["coder"]) - {AUTOMATIC, AGREED})
    found = [
        (second, first, _joined(claims, second, claims[claims["coder"] == first]))
        for first, second in combinations(people, 2)
    ]
    if AUTOMATIC in set(claims["coder"]):
        if AGREED in set(claims["coder"]):
            name, reference = AGREED, claims[claims["coder"] == AGREED]
        else:
            reference = settled[settled["coder"] != AUTOMATIC]
            names = sorted(set(reference["coder"]))
            name = names[0] if len(names) == 1 else "settled"
        found.append((AUTOMATIC, name, _joined(claims, AUTOMATIC, reference)))
    return [(coder, reference, both) for coder, reference, both in found if len(both)]


def _joined(claims: pd.DataFrame, coder: str, reference: pd.DataFrame) -> pd.DataFrame:
    own = claims[claims["coder"] == coder]
    other = reference[["claim", "article", *SIDES]].rename(columns={side: f"reference_{side}" for side in SIDES})
    return own.merge(other, on=["claim", "article"], how="inner", sort=False)


def _measured(both: pd.DataFrame, status: str) -> tuple:
    codes = {name: code for code, name in enumerate(STATUSES)}
    pairs = np.array([[codes[a], codes[b]] for a, b in zip(both["status"], both["reference_status"], strict=True)])
    wanted = [codes[name] for name in (TOLD if status == "told" else STATUSES if status == "all" else (status,))]
    if status != "all":
        pairs = np.isin(pairs, wanted).astype(int)
    number, names = pd.factorize(both["claim"])
    claims = [pairs[number == n] for n in range(len(names))]
    crossed, paired = (np.array([count(own) for own in claims]) for count in (_crossed, _paired))
    drawn = np.random.default_rng(SEED).integers(0, len(names), (RESAMPLES, len(names)))
    point = _scores(crossed.sum(axis=0), paired.sum(axis=0), nominal=status == "all")
    resampled = _scores(crossed[drawn].sum(axis=1), paired[drawn].sum(axis=1), nominal=status == "all")
    intervals = [bound for values in resampled for bound in _interval(values)]
    positive = len(pairs) if status == "all" else int(pairs[:, 1].sum())
    return (
        *map(float, point),
        len(both),
        len(names),
        positive,
        *intervals,
        _overlap(both) if status == "told" else np.nan,
    )


def _interval(values: np.ndarray) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    return (float(np.quantile(known, 0.025)), float(np.quantile(known, 0.975))) if len(known) else (np.nan, np.nan)


def _crossed(pairs: np.ndarray) -> np.ndarray:
    """Return how often each code of the first column meets each of the second."""
    n = len(STATUSES)
    return np.bincount(pairs[:, 0] * n + pairs[:, 1], minlength=n * n).reshape(n, n)


def _paired(pairs: np.ndarray) -> np.ndarray:
    return coincidences(pairs.T, len(STATUSES))


def _scores(crossed: np.ndarray, paired: np.ndarray, *, nominal: bool) -> tuple[np.ndarray, ...]:
    """Return precision, recall, F1 and alpha of the rows' coder against the columns'; nan where not defined.

    The last two axes of `crossed` and `paired` are those of a table; before them there may be one of tables.
    """
    alpha = krippendorff_alpha(paired)
    if nominal:
        equal = np.trace(crossed, axis1=-2, axis2=-1) / crossed.sum(axis=(-2, -1))
        return equal, equal, equal, alpha
    hits, called, true = crossed[..., 1, 1], crossed[..., 1, :].sum(axis=-1), crossed[..., :, 1].sum(axis=-1)
    return _share(hits, called), _share(hits, true), _share(2 * hits, called + true), alpha


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return part / np.where(whole > 0, whole, np.nan)


def _overlap(both: pd.DataFrame) -> float:
    told = both[both["status"].isin(TOLD) & both["reference_status"].isin(TOLD)]
    if told.empty:
        return np.nan
    return float(((told["start"] < told["reference_end"]) & (told["reference_start"] < told["end"])).mean())
