"""How different outlets told the same news event: load a story, make its tables, publish its figures.

>>> from summit_analysis import load_corpus, analysis
>>> corpus = load_corpus("data/alaska-summit")
>>> analysis.tables(corpus)["similarity"]
"""

import os

# Arrow looks at this when it is first imported. Its own pool keeps what was freed, which the next step of an archive needs.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

from summit_analysis.codebook import Codebook, load_codebook
from summit_analysis.corpus import Corpus, load_corpus
from summit_analysis.errors import NotDefinedError, StoryError

__all__ = ["Codebook", "Corpus", "NotDefinedError", "StoryError", "explore", "load_codebook", "load_corpus"]


def __getattr__(name: str) -> object:
    # What draws and shows is imported when it is asked for, so that tables alone stay quick to load.
    if name == "explore":
        from summit_analysis.publish.explore import explore  # noqa: PLC0415

        return explore
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
