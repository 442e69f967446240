import pytest

from summit_analysis.decoding import UndecodableError, decode, doubts

CURLY = "“Déjà vu,” he said"


@pytest.mark.parametrize(
    ("raw", "declared", "text", "encoding"),
    [
        (CURLY.encode(), "", CURLY, "utf-8"),
        (CURLY.encode("utf-8-sig"), "", CURLY, "utf-8"),
        (CURLY.encode("cp1252"), "", CURLY, "cp1252"),
        (CURLY.encode("utf-16"), "", CURLY, "utf-16"),
        (CURLY.encode("utf-32"), "", CURLY, "utf-32"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет", "koi8-r"),
        (CURLY.encode(), "ascii", CURLY, "utf-8"),  # the declared one does not fit: the ladder goes on
        (b"one\r\ntwo\rthree\n", "", "one\ntwo\nthree\n", "utf-8"),
        ("a\u2028b\u0085c".encode(), "", "a\u2028b\u0085c", "utf-8"),  # nothing else is changed
        (b"", "", "", "utf-8"),
    ],
)
def test_decode_gives_text_and_the_encoding_that_fits(raw, declared, text, encoding):
    assert decode(raw, declared) == (text, encoding)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"caf\x81 \xff", "utf-8 fails at byte 3, cp1252 fails at byte 3"),  # 0x81 is undefined in cp1252
        (b"a\x00b", "NUL character at 1"),
        (b"%PDF-1.7 text", "a PDF file"),
        (b"PK\x03\x04word", "a zip archive"),
        (b"\xff\xfe\x00\xd8", "utf-16"),  # a lone surrogate
        (b"\x01\x02\x03 few words", "control characters"),
    ],
)
def test_decode_refuses_what_is_no_text(raw, reason):
    with pytest.raises(UndecodableError, match=reason):
        decode(raw)


def test_half_a_character_is_refused():
    with pytest.raises(UndecodableError, match="lone surrogate"):
        decode(b"+2AA-", "utf-7")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("plain text", ""),
        ("He saidâ€™s it", "wrongly decoded"),
        ("外交部发言人表示会谈富有成效", "without spaces"),
        ("The word 外交 in an English sentence", ""),
    ],
)
def test_doubts_flag_and_change_nothing(text, note):
    assert note in doubts(text)
    assert bool(doubts(text)) == bool(note)
