"""The articles together, and words that are hard to count."""

from __future__ import annotations

from benchmarks.fault_cases.table import RIGHT, SENTENCE, Group, of_rows
from benchmarks.stories import CALM, calm_rows

CORPUS = Group("corpus")


def many(articles: int) -> list[dict[str, str]]:
    """Return short articles by as many outlets."""
    return [
        {"article": f"a{n:03}", "outlet": f"Outlet {n:03}", "text": f"{SENTENCE} Number {n} waited for ferry{n % 7}."}
        for n in range(articles)
    ]


CORPUS.refused("no usable document", "no document can be used", [row | {"text": " "} for row in calm_rows()])
CORPUS.add(
    "one document",
    RIGHT,
    of_rows(calm_rows()[:1]),
    analysed=("a",),
    undefined="similarity",
    words="at least two articles",
)
CORPUS.text("one word", "Boats")
CORPUS.aside("stop words only", "It was the one and only.", "stop words")
CORPUS.aside("no word of two letters", "a 1 . ; b", "no word of two letters")
CORPUS.text("the same document twice", str(CALM["a"]["text"]), similarity=("a", "c", "1"))
CORPUS.add(
    "nothing in common",
    RIGHT,
    of_rows([*calm_rows(), {"article": "c", "outlet": "C", "text": "Zebras graze quietly elsewhere."}]),
    analysed=("a", "b", "c"),
    similarity=("a", "c", "0"),
)
CORPUS.text("composed and decomposed letters", "Cafe\u0301 re\u0301sume\u0301 boats came.")
CORPUS.text("zero-width spaces", "Red\u200b boats\u200d came.\u2060 They left.")
CORPUS.text("soft hyphens", "Har\u00adbour boats came. They left.")
CORPUS.text("curly apostrophes", str(CALM["a"]["text"]) + " It’s Ada’s.")
CORPUS.text("letters whose case changes their length", "İstanbul’s Straße ŉ ǰ ﬁne BOATS came.")
CORPUS.text("a script without spaces", "渡轮离开了港口。人们在等待。三艘船来了。", words="without spaces between words")
CORPUS.text("Thai", "เรือข้ามฟากออกจากท่าเรือ boats", words="without spaces between words")
CORPUS.text("right to left", "المعبر غادر الميناء. قال العمدة «انتظرنا».")
CORPUS.text("direction overridden", "Boats \u202egnp.exe\u202c came to harbour.")
CORPUS.text("pictures beyond the first plane", "Boats 🚢🚢 came. “Wow 😀,” said Ada Lund.")
CORPUS.text("combining marks without end", "Bo" + "\u0301" * 5_000 + "ats came.")
CORPUS.text("quotation marks never closed", "“Boats came. “They left. “" * 300)
CORPUS.text("a word of 100,000 letters", "boat" * 25_000 + " came.")
CORPUS.text("a line of 1 MB", "Red boats came again. " * 48_000)
CORPUS.text("a document of 1 MB", "Red boats came again.\n\n" * 46_000)
CORPUS.text("reports of 1 MB", "Boats came. " + "he said she said " * 60_000, words="longer than any article", carriers=("folder", "jsonl"))  # fmt: skip
CORPUS.text("100,000 opening marks", "Boats came. " + "“" * 100_000, words="who speaks")
CORPUS.text("100,000 empty lines", "Boats came." + "\n" * 100_000 + "They left.")
CORPUS.add("sixty articles", RIGHT, of_rows(many(60)), analysed=tuple(row["article"] for row in many(60)))
CORPUS.add(
    "agency originals alone",
    RIGHT,
    of_rows([row | {"role": "wire"} for row in calm_rows()]),
    undefined="similarity",
)
CORPUS.refused("3,000 articles by 3,000 outlets", "3,000 articles.*up to.*summit-analysis archive", many(3_000))
