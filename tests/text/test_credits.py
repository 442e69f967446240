import pytest

from summit_analysis.text.credits import find_credits

BODY = "They met.\n\nThey left."


@pytest.mark.parametrize(
    ("text", "agency", "line"),
    [
        (f"{BODY}\n\n(With inputs from AP)", "Associated Press", "(With inputs from AP)"),
        (f"ANCHORAGE, Alaska (AP) — {BODY}", "Associated Press", "ANCHORAGE, Alaska (AP) —"),
        (f"(Reuters) - {BODY}", "Reuters", "(Reuters) -"),
        (f"{BODY}\n\nAFP", "Agence France-Presse", "AFP"),
        (f"{BODY} (AP/AFP)", "Associated Press; Agence France-Presse", "(AP/AFP)"),
        (f"{BODY}\n\nThe Associated Press contributed to this report.", "Associated Press", "The Associated Press contributed to this report"),
        (f"PORT CALDRY, March 9 (Coastwire) - {BODY}", "Coastwire", "PORT CALDRY, March 9 (Coastwire) -"),
        (f"{BODY} -- Ledger Wire", "Ledger Wire", "-- Ledger Wire"),
        (f"{BODY}\n\nSource: Reuters", "Reuters", "Source: Reuters"),
    ],
)  # fmt: skip
def test_credit_lines_are_read(text, agency, line):
    [credit] = find_credits(text)
    assert (credit.agency, text[credit.start : credit.end]) == (agency, line)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\nThey told AP so.",
        f"They met (Lund) - and left.\n\nThe deal, which Reuters saw, fell.\n\n{BODY}",
        f"By Ada Lund\n\n{BODY}\n\nADVERTISEMENT",
        f"{BODY}\n\nWATCH",
        f"{BODY}\n\nReporting by Ada Lund",
        "",
    ],
)
def test_what_is_no_credit_line_is_none(text):
    assert find_credits(text) == []
