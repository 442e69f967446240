import pytest

from summit_analysis.text.evidentiality import find_cues


def governed(sentence, kind, words):
    """Return which of some words the cues of one kind govern."""
    cues = [cue for cue in find_cues(sentence, sentence) if cue.kind == kind]
    return [word for word in words.split() if any(cue.governs(sentence.index(word)) for cue in cues)]


@pytest.mark.parametrize(
    ("sentence", "hedged", "told"),
    [
        ("The dam may burst after the rain stops.", "dam burst", "rain stops"),
        ("The fair opens in May and on 3 May.", "", "fair opens"),
        ("DAM MAY BURST BY NOON", "DAM BURST", ""),
        ("The road was closed and may be sold.", "sold", "road closed"),
        ("The siren that might have warned them had failed.", "warned", "siren failed"),
        ("Lund never read the book she is said to have copied.", "copied", "never read"),
        ("The mill, said to be haunted, was sold.", "haunted", "mill sold"),
        ("It is unclear whether the mill was sold.", "mill sold", "unclear"),
        ("If the vote fails, the mill will be sold; the inn was burned.", "fails sold", "inn burned"),
        ("Nobody could say more, and they could not stay.", "", "say stay"),
        ("Under the draft, owners would pay.", "owners pay", ""),
        ("The mill may be sold, Ek said.", "mill sold", "Ek"),
        ("Ek reportedly sold the mill.", "Ek sold mill", ""),
    ],
)
def test_a_hedge_governs_its_clause(sentence, hedged, told):
    assert governed(sentence, "hedged", f"{hedged} {told}") == hedged.split()


@pytest.mark.parametrize(
    ("sentence", "denied", "told"),
    [
        ("Lund denied that he sold it, but Ek knew.", "sold", "Ek knew"),
        ("The claim that he sold it is false.", "sold", ""),
        ("He was denied a visa.", "", "visa"),
        ("It is a myth that he sold it.", "sold", ""),
        ("He sold it, Ek said, though there is no evidence for that.", "sold", "Ek said"),
    ],
)
def test_a_denial_governs_what_follows_or_stands_before(sentence, denied, told):
    assert governed(sentence, "denied", f"{denied} {told}") == denied.split()


@pytest.mark.parametrize(
    ("sentence", "said", "told"),
    [
        ("According to Lund, the mill was sold, but the inn was not.", "mill sold", "inn"),
        ("Her claim that the mill was sold went unheard.", "mill sold", "claim"),
        ("A study of 2,000 mills found that most were sold.", "most sold", "study mills"),
        ("The mill was sold, a report shows.", "mill sold", "report"),
        ("Owners are sure that the mill was sold.", "mill sold", "Owners"),
        ("Mill sold for a song – police", "Mill sold", "police"),
        ("The mill, which Ek says was haunted, was sold.", "haunted", "mill sold"),
    ],
)
def test_what_is_said_by_somebody(sentence, said, told):
    assert governed(sentence, "attributed", f"{said} {told}") == said.split()
