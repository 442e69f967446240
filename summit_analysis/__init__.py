"""How different outlets told the same news event: load a story, make its tables, publish its figures.

>>> from summit_analysis import load_corpus, analysis
>>> corpus = load_corpus("data/alaska-summit")
>>> analysis.tables(corpus)["similarity"]
"""

from summit_analysis.codebook import Codebook, load_codebook
from summit_analysis.corpus import Corpus, load_corpus
from summit_analysis.errors import NotDefinedError, StoryError

__all__ = ["Codebook", "Corpus", "NotDefinedError", "StoryError", "load_codebook", "load_corpus"]
