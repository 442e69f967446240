"""Whether the headline findings hold when a choice of the analysis is made otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from summit_analysis.errors import NotDefinedError
from summit_analysis.statistics import content_words
from summit_analysis.text.quotations import speaker_label
from summit_analysis.text.terms import dictionary_form

COLUMNS = ("finding", "statement", "check", "outcome", "holds", "checks", "held", "kept", "row", "column")
HOLDS, CHANGES, UNTOUCHED = "holds", "changes", "not applicable"
MOST_WORDS = 6
# Articles that are left out in turn, the first in clustering order: of hundreds they stand for all.
MOST_LEFT_OUT = 20


@dataclass(frozen=True)
class Headline:
    """What a finding says, and the articles that it is about: where one is left out, the finding cannot be asked for.

    Of findings with a `key`, those with the same key are the same, in whatever words; `otherwise` is what holds where no
    other finding is about the same articles.
    """

    finding: str
    statement: str
    about: frozenset[str] = frozenset()
    key: tuple[str, ...] = ()
    otherwise: str = ""

    def same(self, other: Headline) -> bool:
        """Return whether the two say the same."""
        return self.key == other.key if self.key else self.statement == other.statement


def _label(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    arrangement = tables["arrangement"]
    return dict(zip(arrangement["article"], arrangement["label"], strict=True))


def _compared(tables: Mapping[str, pd.DataFrame], table: pd.DataFrame) -> pd.DataFrame:
    return table[table["article"].isin(tables["arrangement"]["article"])]


def _top(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows with the largest value of `column`: several where they tie."""
    size = table[column].round(9)
    return table[size == size.max()]


def most_alike(tables: Mapping[str, pd.DataFrame]) -> list[Headline]:
    """Return the pair of articles with the highest cosine, or the pairs that share it."""
    pairs = tables["similarity"].query("voice == 'all'").dropna(subset="cosine")
    top = _top(pairs, "cosine")
    if len(top) == len(pairs):
        return []  # one pair, or all alike: none is the most
    label = _label(tables)
    names = [f"{label[a]} and {label[b]}" for a, b in sorted(zip(top["article_a"], top["article_b"], strict=True))]
    about = frozenset([*top["article_a"], *top["article_b"]])
    return [Headline("most alike", f"{listed(names, 'as well as')} are most alike", about)]


def set_apart(tables: Mapping[str, pd.DataFrame]) -> list[Headline]:
    """Return each article's words that hold after adjustment, or that no word sets an article apart."""
    table = content_words(tables["keyness"])
    if table.empty:
        return []
    held = table[table["survives"]]
    if held.empty:
        return [Headline("no word", "No word sets an article apart")]
    held = held.assign(size=held["z"].abs().round(9)).sort_values(
        ["size", "article", "term"], ascending=[False, True, True]
    )
    label = _label(tables)
    return [
        Headline(
            f"word {row.term} {row.article}", f"“{row.term}” sets {label[row.article]} apart", frozenset([row.article]),
            # Among lemmas a word stands in its dictionary form.
            key=(dictionary_form(row.term), row.article), otherwise=f"No word sets {label[row.article]} apart",
        )
        for row in held.itertuples()
    ]  # fmt: skip


def speaks_most(tables: Mapping[str, pd.DataFrame]) -> list[Headline]:
    """Return the speaker with most quoted words in all compared articles together."""
    words = _compared(tables, tables["voices"]).query("speaker != ''")
    top = _top(words.groupby("speaker", as_index=False)["words"].sum().query("words > 0"), "words")
    names = sorted(map(speaker_label, top["speaker"]))
    return [Headline("speaks most", f"{listed(names)} {_be(names)} quoted most")] if names else []


def quotes_most(tables: Mapping[str, pd.DataFrame]) -> list[Headline]:
    """Return the article with the largest share of quoted words."""
    articles = _compared(tables, tables["articles"]).query("quoted_words > 0")
    top = _top(articles, "quoted_share")
    if len(articles) < 2 or len(top) == len(articles):
        return []
    verb = "quotes" if len(top) == 1 else "quote"
    statement = f"{listed(sorted(top['label']))} {verb} the largest share"
    return [Headline("quotes most", statement, frozenset(top["article"]))]


def tells_most(tables: Mapping[str, pd.DataFrame]) -> list[Headline]:
    """Return the article that tells most claims."""
    each = tables["coverage"].drop_duplicates("article").query("claims > 0")
    top = _top(each, "article_share")
    if len(each) < 2 or len(top) == len(each):
        return []
    verb = "tells" if len(top) == 1 else "tell"
    return [Headline("tells most", f"{listed(sorted(top['label']))} {verb} most claims", frozenset(top["article"]))]


def listed(names: list[str], last: str = "and") -> str:
    """Return "A", "A and B", "A, B and C"; of more than four the first three and their number."""
    if len(names) > 4:
        names = [*names[:3], f"{len(names) - 3} more"]
    return f" {last} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _be(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


# Each headline, the checks that bear on it, and whether leaving out an article that it is not about can change it: who has
# the most of something keeps it whoever else is there.
HEADLINES: tuple[tuple[Callable[[Mapping[str, pd.DataFrame]], list[Headline]], frozenset[str], bool], ...] = (
    (most_alike, frozenset({"lemmas", "no stop list", "own voice", "no headings"}), True),
    (set_apart, frozenset({"lemmas", "a0 = 100", "a0 = N", "own voice", "no headings"}), True),
    (speaks_most, frozenset(), True),
    (quotes_most, frozenset(), False),
    (tells_most, frozenset({"told in full"}), False),
)


def robustness(
    tables: Mapping[str, pd.DataFrame],
    variants: Iterable[tuple[str, Mapping[str, pd.DataFrame]]],
    left_out: Mapping[str, str],
) -> pd.DataFrame:
    """Return one row per headline finding and check: the finding again with one choice made otherwise.

    `variants` are the name and the tables of each check, of which one is held at a time; `left_out` names the article that
    a check leaves out, for those that do.

    Columns: finding (its kind); statement; check (the choice); outcome (what the check finds instead, or the same
    statement); holds (``holds``, ``changes``, or ``not applicable``: the check cannot change the finding, or leaves
    out an article that it is about); checks, held (how many apply to the finding, and in how many it holds); kept (whether
    it holds in more than half of them; only then it is called a finding; never where none applies); row, column (places in the figure). Of words
    that set an article apart the six with the largest |z| are checked. Two that tie for most are named together.

    Raises
    ------
    NotDefinedError
        There is nothing to check: fewer than two articles.
    """
    others = [(check, [_outcomes(headline, variant) for headline, *_ in HEADLINES]) for check, variant in variants]
    rows = []
    for number, (headline, bearing, by_others) in enumerate(HEADLINES):
        for found in _outcomes(headline, tables)[:MOST_WORDS]:
            for column, (check, by_headline) in enumerate(others):
                outcomes = by_headline[number]
                without = left_out.get(check, "")
                able = by_others and without not in found.about if without else check in bearing
                applies = bool(outcomes) and able
                same = any(found.same(outcome) for outcome in outcomes)
                instead = (found.statement if same else _instead(found, outcomes)) if applies else ""
                verdict = (HOLDS if same else CHANGES) if applies else UNTOUCHED
                rows.append((found.finding, found.statement, check, instead, verdict, column))
    if not rows:
        raise NotDefinedError("there is no headline finding to check")
    table = pd.DataFrame(rows, columns=["finding", "statement", "check", "outcome", "holds", "column"])
    applied = table["holds"] != UNTOUCHED
    table["checks"] = applied.groupby(table["statement"]).transform("sum")
    table["held"] = (table["holds"] == HOLDS).groupby(table["statement"]).transform("sum")
    table["kept"] = 2 * table["held"] > table["checks"]
    table["row"] = table["statement"].map({s: n for n, s in enumerate(dict.fromkeys(table["statement"]))})
    return table[list(COLUMNS)]


def _instead(found: Headline, outcomes: list[Headline]) -> str:
    """Return what a check finds instead: of the same articles where it finds anything of them."""
    alike = next((outcome.statement for outcome in outcomes if outcome.about == found.about), "")
    return alike or found.otherwise or outcomes[0].statement


def _outcomes(
    headline: Callable[[Mapping[str, pd.DataFrame]], list[Headline]], tables: Mapping[str, pd.DataFrame]
) -> list[Headline]:
    try:
        return headline(tables)
    except NotDefinedError:
        return []
