"""Naming, reporting verbs, frames, word shift and robustness, in sentences."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from summit_analysis.findings.wording import (
    Description,
    are,
    counted,
    cut_note,
    excerpt,
    in_marks,
    listed,
    opened,
    percent,
)
from summit_analysis.measures.naming import MOST_FORMS, MOST_PANELS
from summit_analysis.measures.robustness import MOST_LEFT_OUT
from summit_analysis.statistics import SIGNIFICANT
from summit_analysis.text.quotations import speaker_label

STANCES = (
    "Hedges (may, reportedly) withhold commitment, boosters (clearly, never) close off doubt; factive verbs (reveal, admit) take what follows "
    "for true, assertive verbs (say, claim) give it as somebody's claim; praise and blame judge."
)


def naming(panels: pd.DataFrame) -> list[str]:
    """Say for the referents that outlets name most differently what each calls them."""
    if panels.empty:
        return ["No referent is named in several ways and by several outlets, so there is nothing to compare."]
    referents = panels["referent"].nunique()
    said = [
        f"Outlets choose between several forms for {counted(referents, 'referent')} of the codebook. {_beyond_chance(panels)}"
    ]
    for _, panel in list(panels.groupby("panel", sort=True))[:4]:
        used = panel[panel["count"] > 0]
        forms = _totals(panel)
        leading = [form for form in forms.index if forms[form] == forms.iloc[0]]
        lacking = [
            row["label"].iloc[0]
            for _, row in panel.groupby("place")
            if row["total"].iloc[0] and not row.loc[row["form"].isin(leading), "count"].sum()
        ]
        alone = [
            f"only {used.loc[used['form'] == form, 'label'].iloc[0]} says {in_marks(form)}"
            for form in forms.index
            if used.loc[used["form"] == form, "label"].nunique() == 1
        ]
        sentence = f"{opened(panel['title'].iloc[0])}: "
        if forms.iloc[0] == 1 and len(forms) > 1:
            sentence += f"each of {counted(len(forms), 'form')} occurs once"
        else:
            sentence += f"most often {listed(map(in_marks, leading), most=3)} ({'each ' if len(leading) > 1 else ''}{forms.iloc[0]} of {panel['count'].sum()})"
            sentence += f", never so in {listed(lacking)}" if lacking else ""
        sentence += f"; {', '.join(alone[:2])}" if alone else ""
        sentence += (
            f" (and {counted(len(alone) - 2, 'form')} more {are(len(alone) - 2)} in one outlet alone)"
            if len(alone) > 2
            else ""
        )
        said.append(sentence + ".")
    return said


def _beyond_chance(panels: pd.DataFrame) -> str:
    """Say of how many referents the choice differs between outlets by more than chance."""
    each = panels.drop_duplicates("referent")
    held = each[each["p_adjusted"] < SIGNIFICANT]
    if held.empty:
        return f"No difference is larger than chance would bring (smallest p {each['p'].min():.2g})."
    names = listed([opened(title) for title in held["title"]], most=4)
    return f"Larger than chance would bring are the differences for {names}."


def _totals(panel: pd.DataFrame) -> pd.Series:
    """Return how often each form occurs, the most used first, what the figure joins left out."""
    used = panel[(panel["count"] > 0) & (panel["form"] != "other forms")]
    return used.groupby("form", sort=False)["count"].sum().sort_values(ascending=False, kind="stable")


def describe_naming(panels: pd.DataFrame) -> Description:
    """Return the words around the figure `naming`."""
    question = "What does each call the same thing?"
    if panels.empty:
        title, alt = "No referent is named in several ways and by several outlets", ""
    else:
        first = panels[panels["panel"] == panels["panel"].min()]
        forms = _totals(first)
        title = f"{opened(first['title'].iloc[0])}: {listed([in_marks(f) for f in forms.index], most=4)}, depending on who tells"
        if not (panels["p_adjusted"] < SIGNIFICANT).any():
            title += ", though no more than by chance"
        counts: dict[int, dict[str, list[str]]] = {}
        for row in panels.sort_values(["panel", "place"], kind="stable").itertuples():
            bar = counts.setdefault(row.panel, {}).setdefault(row.label, [])
            bar += [f"{row.form} {row.count}"] if row.count > 0 else []
        titles = panels.groupby("panel", sort=True)["title"].first()
        alt = " ".join(
            f"{opened(titles[panel])}: "
            + "; ".join(f"{label} {listed(told, most=5)}" for label, told in bars.items())
            + "."
            for panel, bars in counts.items()
        )
    beyond = panels["panel"].max() + 1 - MOST_PANELS if len(panels) else 0
    footer = (
        "Whole-word matches of the codebook's forms, the longest where two overlap; bars show shares, numbers in bars and at the "
        "right counts. Hatched: inside quotations. "
        f"Of more than {MOST_FORMS} forms the {MOST_FORMS - 1} most used are drawn and the others joined; referents are ordered by "
        f"how seldom chance would deal the same words out so differently. {_beyond_chance(panels) if len(panels) else ''}"
        + (f" {counted(int(beyond), 'more referent')} in the CSV." if beyond > 0 else "")
        + (cut_note(panels) if len(panels) else "")
    )
    caption = f"{title}. {footer}"
    return Description(
        question, title, footer, caption, f"Stacked bars, one panel per referent and one bar per outlet. {alt}"
    )


def introducing(marks: pd.DataFrame) -> list[str]:
    """Say by which verbs outlets introduce the speakers, and who chooses verbs that take a stance."""
    if marks.empty:
        return ["No speaker is introduced by a reporting verb."]
    neutral = (marks["stance"] == "neutral").sum()
    said = [
        f"{counted(len(marks), 'act')} of speech {are(len(marks))} introduced by a reporting verb, {int(neutral)} neutrally "
        f"({percent(neutral / len(marks))}): {int((marks['form'] == 'direct').sum())} quoted, {int((marks['form'] == 'indirect').sum())} reported."
    ]
    for stance in ("mocking", "doubting", "conceding"):
        rows = marks[marks["stance"] == stance]
        if len(rows):
            acts = [f"{label} ({listed(_acts(group), most=4)})" for label, group in rows.groupby("label", sort=True)]
            said.append(f"{stance.capitalize()} verbs were found in {listed(acts)}.")
    by_outlet = marks.groupby("label")["stance"].agg(lambda s: (s == "neutral").mean())
    if by_outlet.nunique() > 1:
        said.append(
            f"Neutral verbs make up from {percent(by_outlet.min())} ({by_outlet.idxmin()}) to {percent(by_outlet.max())} ({by_outlet.idxmax()}); "
            "with so few acts of speech an article these shares are descriptions, not tests."
        )
    return said


def _acts(marks: pd.DataFrame) -> list[str]:
    return [f"“{act.verb}” of {speaker_label(act.speaker)}" for act in marks.itertuples()]


def describe_reporting_verbs(marks: pd.DataFrame) -> Description:
    """Return the words around the figure `reporting-verbs`."""
    question = "How are speakers introduced?"
    if marks.empty:
        title, alt = "No speaker is introduced by a reporting verb", ""
    else:
        strong = marks[marks["stance"].isin(["mocking", "doubting"])].drop_duplicates(["label", "verb", "speaker"])
        neutral = int((marks["stance"] == "neutral").sum())
        acts = [f"“{act.verb}” ({speaker_label(act.speaker)}, in {act.label})" for act in strong.itertuples()]
        title = (
            f"{neutral} of {counted(len(marks), 'reporting verb')} {are(neutral)} neutral; {listed(acts, most=3)} {'mocks or doubts' if len(acts) == 1 else 'mock or doubt'}"
            if acts
            else f"{neutral} of {counted(len(marks), 'reporting verb')} {are(neutral)} neutral"
        )
        by_speaker = [
            (label, name, listed(rows["verb"].unique(), most=8))
            for (label, name), rows in marks.groupby(["label", "name"], sort=False)
        ]
        alt = " ".join(f"{label}, {name}: {verbs}." for label, name, verbs in by_speaker)
    footer = (
        "Reporting verbs of quotations (filled) and of reported speech (outlined), by stance from a list made for this tool and the "
        "codebook's own verbs; ×: how often. Found by rules, which miss some." + (cut_note(marks) if len(marks) else "")
    )
    return Description(
        question, title, footer, f"{title}. {footer}",
        f"A matrix of outlets and speakers with each reporting verb printed and its stance as a letter. {alt}",
    )  # fmt: skip


def framing(panels: pd.DataFrame) -> list[str]:
    """Say on which frames the outlets' own words differ beyond their intervals."""
    return _rates(panels, "frame", "frames")


def vouching(panels: pd.DataFrame) -> list[str]:
    """Say on which markers of stance the outlets' own words differ beyond their intervals."""
    return _rates(panels, "kind of stance", "kinds of stance")


def _rates(panels: pd.DataFrame, one: str, many: str) -> list[str]:
    if panels.empty or not panels["count"].sum():
        return [f"No term of any {one} occurs in any article."]
    own = panels[panels["voice"] == "own"].dropna(subset="rate")
    apart = own[own["apart"]]
    if own["article"].nunique() < 2:
        said = ["Only one article has words of its own, so there is nothing to compare."]
    elif apart.empty:
        said = [f"No two articles differ beyond their intervals in how often their own words show any of the {many}."]
    else:
        panels_apart, all_panels = apart["panel"].nunique(), own["panel"].nunique()
        said = [
            f"In {panels_apart} of {all_panels} {many} there are two articles whose intervals do not meet: {listed(apart.drop_duplicates('panel')['title'])}. "
            "Each interval is that of one article alone; with many of them some part by chance."
        ]
    for _, rows in own.groupby("panel", sort=True):
        ordered = rows.assign(size=rows["rate"].round(9)).sort_values(["size", "label"], ascending=[False, True])
        most, least = ordered.iloc[0], ordered.iloc[-1]
        if most["count"]:
            spread = (
                f"from {least['rate']:.1f} per 1,000 own words ({_how_often(least)}) to {most['rate']:.1f} ({_how_often(most)})"
                if least["size"] < most["size"]
                else f"{most['rate']:.1f} per 1,000 own words ({_how_often(most)})"
                + (" in each article" if len(ordered) > 1 else "")
            )
            said.append(f"{opened(most['title'])}: {spread}.")
    return said


def _how_often(row: pd.Series) -> str:
    return f"{row['label']}, {counted(int(row['count']), 'time')}, {row['low']:.1f} to {row['high']:.1f}"


def _describe_rates(panels: pd.DataFrame, question: str, what: str) -> Description:
    if panels.empty:
        title = f"The story defines no {what}"
    elif not panels["count"].sum():
        title = f"None of the {what} occurs in any article"
    else:
        apart = panels[panels["apart"]].drop_duplicates("panel")["title"]
        title = (
            f"Outlets whose intervals do not meet: in {listed(apart)}"
            if len(apart)
            else f"In none of the {what} do two outlets differ beyond their intervals"
        )
    footer = (
        "Rates per 1,000 words of that voice with 95 % intervals over sentences (at least those of a Poisson count), on one scale. Filled: the outlet's own "
        "words; open: quoted words. Numbers: occurrences, own + quoted. Intervals are those of a single comparison; lines that reach the edge go on, and an arrowhead there is a rate beyond it."
        + (cut_note(panels) if len(panels) else "")
    )
    alt = (
        " ".join(
            f"{opened(rows['title'].iloc[0])}: "
            + listed(
                [
                    f"{r.label} {r.rate:.1f} ({r.low:.1f} to {r.high:.1f})"
                    for r in rows[rows["voice"] == "own"].dropna(subset="rate").itertuples()
                ],
                most=12,
            )
            + "."
            for _, rows in panels.groupby("panel", sort=True)
        )
        if len(panels)
        else ""
    )
    return Description(
        question,
        title,
        footer,
        f"{title}. {footer}",
        f"One panel per list of terms, rates per 1,000 own words as dots with intervals. {alt}",
    )


def describe_frames(panels: pd.DataFrame) -> Description:
    """Return the words around the figure `frames`."""
    return _describe_rates(panels, "What is each mostly about?", "frames")


def describe_stance(panels: pd.DataFrame) -> Description:
    """Return the words around the figure `stance`."""
    said = _describe_rates(panels, "How does each vouch for what it tells, and judge it?", "markers of stance")
    return replace(said, footer=f"{said.footer} {STANCES}", caption=f"{said.caption} {STANCES}")


def describe_word_shift(largest: pd.DataFrame) -> Description:
    """Return the words around the figure `word-shift`."""
    question = "Which own words make an outlet differ?"
    if largest.empty or not largest["contribution"].sum():
        title, alt = "The articles use the same words alike", ""
    else:
        first = largest[(largest["row"] == 0) & (largest["contribution"] > 0)]
        each = [f"“{r.term}” {'for' if r.signed > 0 else 'against'} {r.label}" for r in first.itertuples()]
        most = largest["covered"].max()
        title = (
            f"No few words make the difference: the largest {int(largest['row'].max()) + 1} carry at most {percent(most)} of it"
            if most < 0.5
            else f"Few words make the difference: {listed(each, most=5)}"
        )
        alt = " ".join(
            f"{label}: more here {listed(rows.loc[rows['signed'] > 0, 'term'], most=6)}, more elsewhere {listed(rows.loc[rows['signed'] < 0, 'term'], most=6)}."
            for label, rows in largest.groupby("label", sort=False)
        )
    footer = (
        "Each word's share of the Jensen-Shannon divergence between the outlet's own content words and those of all others together; "
        "as long as that share, on one scale for all panels; numbers: occurrences here : in the others. A description of these texts; the figure keyness tests them."
        + (cut_note(largest) if len(largest) else "")
    )
    return Description(
        question, title, footer, f"{title}. {footer}", f"Bars to either side of a line, one panel per outlet. {alt}"
    )


def holding(robustness: pd.DataFrame) -> list[str]:
    """Say which headline findings hold when a choice is made otherwise, and which are therefore not called findings."""
    each = robustness.drop_duplicates("row").sort_values("row")
    kept = each[each["kept"]]
    bearing = f"in most of the checks that bear on {'it' if len(each) == 1 else 'them'}"
    said = [
        f"{len(kept)} of {counted(len(each), 'main result')} {'holds' if len(kept) == 1 else 'hold'} {bearing}."
        if len(kept)
        else f"No main result holds {bearing}."
    ]
    for row in each.itertuples():
        against = robustness[(robustness["row"] == row.row) & (robustness["holds"] == "changes")]
        changes = [f"{c.check} (instead: {c.outcome or 'nothing'})" for c in against.itertuples()]
        verdict = "" if row.kept else " It is not called a finding."
        tail = f"; it changes with {listed(changes, most=4)}" if changes else ""
        said.append(
            f"{row.statement}: holds in {row.held} of {row.checks} checks{tail}.{verdict}"
            if row.checks
            else f"{row.statement}: no check bears on it."
        )
    return said


def describe_robustness(robustness: pd.DataFrame) -> Description:
    """Return the words around the figure `robustness`."""
    question = "Do the findings hold when a choice is made otherwise?"
    if robustness.empty:
        title, alt = "There is no main result to check", ""
    else:
        said = holding(robustness)
        title, alt = said[0].rstrip("."), " ".join(said[1:])
    footer = (
        "Each main result again with one choice made otherwise. Dot: the same result; cross: another; dash: the choice does not bear on it, or leaves out "
        "an article that it is about. Lemmas: the forms of a word count as one; a0: the tokens that the prior of keyness weighs, N: as many as there are; "
        "own voice: without quotations. What holds in half of its checks or fewer is set in grey and not called a finding."
    )
    if robustness["check"].drop_duplicates().str.startswith("without ").sum() == MOST_LEFT_OUT:
        footer += f" The first {MOST_LEFT_OUT} articles in clustering order are left out in turn, no others."
    return Description(
        question, title, footer, f"{title}. {footer}", f"A table of findings and checks. {excerpt(alt, 900)}"
    )
