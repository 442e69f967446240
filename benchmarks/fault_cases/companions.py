"""The files beside the articles: codebook, codings, corrections, quotations and background."""

from __future__ import annotations

from benchmarks.fault_cases.table import ASIDE, ERROR, RIGHT, Build, Group, in_folder
from benchmarks.stories import CALM, calm_rows

BESIDE = Group("beside the articles")
CLAIM = '[[claim]]\nid = "c1"\nstatement = "The ferry left on Friday."\n'
CODING = "claim,article,coder,status,evidence,start\n"
CORRECTION = "article,start,end,field,value\n"
MARKED = "article,start,end,text,speaker,verb,kind\n"
SAID = str(CALM["a"]["text"]).index("We waited")
WAITED = f"a,{SAID},{SAID + 10}"


def _with(rows: list[dict] | None = None, **files: str | bytes) -> Build:
    return lambda place, carrier: in_folder(place, carrier, rows or calm_rows(), **files)


def _faulty(name: str, words: str, **files: str | bytes) -> None:
    BESIDE.add(name, ERROR, _with(**files), words=words)


def _sound(name: str, words: str = "", **files: str | bytes) -> None:
    BESIDE.add(name, RIGHT, _with(**files), words=words)


_faulty("an alias of two speakers", "'lund' is a form of 'Ada Lund' too", codebook_dot_toml='[[speaker]]\nname = "Ada Lund"\naliases = ["Lund"]\n[[speaker]]\nname = "Bo Lund"\naliases = ["lund"]\n')  # fmt: skip
_faulty("two claims with one id", "is that of claim 1 too", codebook_dot_toml=CLAIM + CLAIM)
_faulty("an id that is a number", "claim 1", codebook_dot_toml='[[claim]]\nid = 7\nstatement = "x"\n')
_faulty("a misspelt kind of entry", "unknown table 'claims'", codebook_dot_toml=CLAIM.replace("claim", "claims"))
_faulty("an entry that is no table", "is not a list of tables", codebook_dot_toml='claim = "c1"\n')
_faulty("a form of signs alone", "names no word", codebook_dot_toml='[[referent]]\nid="r"\nlabel="r"\nforms=["*…*"]\n')
_faulty("a form that stands twice", "stands twice", codebook_dot_toml='[[frame]]\nid="r"\nlabel="r"\nterms=["a b", "a b"]\n')  # fmt: skip
_faulty("a codebook that is a PDF", "codebook.toml: cannot be read", codebook_dot_toml=b"%PDF-1.7")
_faulty("a codebook with a NUL", "codebook.toml", codebook_dot_toml=CLAIM.encode() + b"\x00")
_faulty("a codebook with a time for a text", "claim 1", codebook_dot_toml='[[claim]]\nid = 2025-08-15T00:00:00Z\nstatement = "x"\n')  # fmt: skip
_sound("a codebook in UTF-16", codebook_dot_toml=CLAIM.encode("utf-16"))
_sound("a codebook with Windows line ends", codebook_dot_toml=CLAIM.replace("\n", "\r\n"))
_sound("2,000 forms", codebook_dot_toml='[[referent]]\nid="r"\nlabel="r"\nforms=[' + ",".join(f'"boat{n}"' for n in range(2_000)) + ', "ferry"]\n', words="is found in no article")  # fmt: skip
_sound("a term that is found nowhere", "term 'submarine' of frame 'f' is found in no article", codebook_dot_toml='[[frame]]\nid="f"\nlabel="f"\nterms=["ferry", "submarine"]\n')  # fmt: skip
_sound("a claim of 100,000 letters", codebook_dot_toml=f'[[claim]]\nid="c"\nstatement="{"The ferry left. " * 6_250}"\n')
_sound("a claim that a spreadsheet would run", codebook_dot_toml='[[claim]]\nid="=1+1"\nstatement="=cmd|x ferry left"\n')  # fmt: skip
_faulty("a coder called auto", "'auto' is what the automatic coder is called", codebook_dot_toml=CLAIM, codings_dot_csv=CODING + "c1,a,auto,asserts,The ferry left,\n")  # fmt: skip
_faulty("a coding of no claim", "codebook.toml has no claim", codebook_dot_toml=CLAIM, codings_dot_csv=CODING + "c2,a,me,absent,,\n")  # fmt: skip
_faulty("a coding of no article", "there is no article 'z'", codebook_dot_toml=CLAIM, codings_dot_csv=CODING + "c1,z,me,absent,,\n")  # fmt: skip
_faulty("evidence that is not in the text", "is not in the text of 'a'", codebook_dot_toml=CLAIM, codings_dot_csv=CODING + "c1,a,me,asserts,The ferry sank,\n")  # fmt: skip
_faulty("an offset in other digits", "is no offset", codebook_dot_toml=CLAIM, codings_dot_csv=CODING + "c1,a,me,asserts,The ferry,٠\n")  # fmt: skip
_faulty("an offset without end", "does not stand at", codebook_dot_toml=CLAIM, codings_dot_csv=CODING + f"c1,a,me,asserts,The ferry,{'9' * 5_000}\n")  # fmt: skip
_faulty("two judgements of one coder", "judged this on line 2 too", codebook_dot_toml=CLAIM, codings_dot_csv=CODING + "c1,a,me,absent,,\nc1,a,me,asserts,The ferry,\n")  # fmt: skip
_faulty("a coding cut short", "the file ends within this row|fields are missing", codebook_dot_toml=CLAIM, codings_dot_csv=CODING + "c1,a,me\n")  # fmt: skip
_faulty("a coding of a name of 1 MB", "there is no article", codebook_dot_toml=CLAIM, codings_dot_csv=CODING + f"c1,{'a' * 1_000_000},me,absent,,\n")  # fmt: skip
_sound("a coding with two coders", codebook_dot_toml=CLAIM, codings_dot_csv=CODING + "c1,a,me,asserts,The ferry left,\nc1,a,you,absent,,\n")  # fmt: skip
BESIDE.add("codings of a document that is set aside", ASIDE, _with(calm_rows(text=" "), codebook_dot_toml=CLAIM, codings_dot_csv=CODING + "c1,c,me,absent,,\nc1,a,me,absent,,\n"), words="left out: it was set aside")  # fmt: skip
BESIDE.add("corrections of a document that is set aside", ASIDE, _with(calm_rows(text=" "), corrections_dot_csv=CORRECTION + "c,0,3,speaker,Bo Ek\n"), words="white space")  # fmt: skip
_faulty("two corrections of one field", "is corrected on line 2 too", corrections_dot_csv=CORRECTION + f"{WAITED},speaker,Bo Ek\n{WAITED},speaker,Ada\n")  # fmt: skip
_faulty("a correction cut short", "fields are missing|ends within this row", corrections_dot_csv=CORRECTION + f"{WAITED},speaker\n")  # fmt: skip
_faulty("a correction beyond the text", "is no span of the article", corrections_dot_csv=CORRECTION + "a,0,99999,speaker,Bo\n")  # fmt: skip
_faulty("a correction that ends before it begins", "is no span of the article", corrections_dot_csv=CORRECTION + "a,9,3,speaker,Bo\n")  # fmt: skip
_faulty("a correction of an unknown field", "cannot be corrected", corrections_dot_csv=CORRECTION + f"{WAITED},mood,sad\n")  # fmt: skip
_faulty("a quotation marked in no article", "there is no article 'aa'", quotations_dot_csv=MARKED + "aa,0,3,The,,,speech\n")  # fmt: skip
_faulty("a quotation marked elsewhere", "does not stand there", quotations_dot_csv=MARKED + "a,0,5,ferry,,,speech\n")
_sound("a correction of what is no quotation", "is no quotation, so its speaker corrects nothing", corrections_dot_csv=CORRECTION + "a,0,3,speaker,Bo Ek\n")  # fmt: skip
_faulty("a background without documents", "no row '#documents'", background_dot_csv="term,count\nferry,3\n")
_faulty("a background count of -1", "is no whole number", background_dot_csv="term,count\nferry,-1\n#documents,9\n")
_faulty("a background count of 400 digits", "is no whole number", background_dot_csv=f"term,count\nferry,{'9' * 400}\n#documents,9\n")  # fmt: skip
_faulty("a background term twice", "stands on line 2 too", background_dot_csv="term,count\nferry,1\nferry,2\n#documents,9\n")  # fmt: skip
_sound("a background of phrases", "are not one word each", background_dot_csv="term,count\nred ferry,1\nharbour,2\n#documents,9\n")  # fmt: skip
BESIDE.add("a codebook that is a folder", ERROR,
    lambda p, c: (s := _with()(p, c), (s / "codebook.toml").mkdir())[0], words="codebook.toml",
)  # fmt: skip
BESIDE.add("a codebook that leads out of the folder", ERROR,
    lambda p, c: (s := _with()(p, c), (s / "codebook.toml").symlink_to("/etc/passwd"))[0], words="leads out",
)  # fmt: skip
