"""Rows of small invented archives."""

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
