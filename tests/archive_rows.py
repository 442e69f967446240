"""Rows of small invented archives."""

import random

WORDS = ["storm", "harbour", "election", "court", "bank", "fire", "treaty", "strike", "vaccine", "bridge"]


def article(n: int, **columns) -> dict[str, str]:
    """Return one invented article on one of ten subjects."""
    subject = WORDS[n % 10]
    text = f"The {subject} of region{n} surprised town{n}. Officials spoke of the {subject} in village{n // 2}."
    return {
        "article": f"a{n:04}",
        "outlet": f"outlet{n % 3}",
        "published": f"2024-01-{1 + n % 28:02}",
        "title": subject,
        "text": text,
    } | columns


def events(count: int, *, outlets: int) -> list[dict[str, str]]:
    """Return `count` invented events, each told by some outlets in sentences of their own."""
    rows = []
    for event in range(count):
        names = [f"{word}{event}" for word in ("mayor", "quarry", "ferry", "tunnel", "verdict", "regatta")]
        for outlet in range(outlets):
            own = [f"aside{outlet}x{event}x{n}" for n in range(6)]
            text = f"{names[0]} at {names[1]} saw {own[0]} {own[1]} {names[2 + outlet % 4]}. {names[2]} {own[2]} {names[3]}.\n"
            text += f"Then {own[3]} {names[4]} {own[4]} and {names[5]} {own[5]}."
            day = f"2024-03-{1 + (event * 2 + outlet % 2) % 28:02}"
            rows.append(
                {
                    "article": f"e{event:02}-{outlet}",
                    "outlet": f"outlet{outlet}",
                    "published": day,
                    "title": names[0],
                    "text": text,
                }
            )
    return rows


# Each outlet has its own words for what is common to all news.
WORDING = [
    ["said", "officials", "people", "killed", "storm", "money", "plan", "leader", "police", "yesterday"],
    ["told", "authorities", "residents", "dead", "tempest", "funds", "scheme", "chief", "officers", "earlier"],
    ["announced", "government", "locals", "fatalities", "gale", "cash", "proposal", "head", "constables", "lately"],
]


def running_topics(topics: int, events: int, *, outlets: int = 3) -> list[dict[str, str]]:
    """Return invented topics that run for weeks: an event every third day, each told by some outlets in their own wording.

    What all articles of a topic share outweighs what those of one event share.
    """
    rows = []
    for topic in range(topics):
        subject = [
            f"{word}{topic}" for word in ("minister", "province", "ceasefire", "border", "inquiry", "tariff", "senate")
        ]
        for event in range(events):
            facts = [f"{word}{topic}x{event}" for word in ("bridge", "verdict", "hostage", "ballot")]
            for outlet in range(outlets):
                own = [f"aside{topic}x{event}x{outlet}x{n}" for n in range(8)]
                words = [*subject, *facts[: 2 + outlet % 2], *WORDING[outlet % 3], *own]
                random.Random(own[0]).shuffle(words)
                day = 1 + 3 * event + (outlet == 2)
                rows.append(
                    {
                        "article": f"t{topic}e{event:02}o{outlet}",
                        "outlet": f"outlet{outlet}",
                        "published": f"2024-{1 + day // 29:02}-{1 + day % 29:02}",
                        "title": f"{subject[0].title()} and {facts[outlet % 2]}",
                        "text": " ".join(words) + ".",
                    }
                )
    return rows
