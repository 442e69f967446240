from summit_analysis.text.verbs import BESIDE, CLAUSAL, DIRECTING, VERBS, Verb


def test_each_form_has_one_lemma_and_a_stance():
    stances = {"neutral", "assertive", "conceding", "doubting", "mocking", "holding"}
    assert {stance for _, stance in VERBS.values()} == stances
    assert VERBS["gloated"] == ("gloat", "mocking")
    assert VERBS["claimed"] == ("claim", "doubting")
    assert VERBS["went on"] == ("go on", "neutral")


def test_the_kinds_of_forms_are_forms():
    assert {"shot back", "went on"} <= BESIDE
    assert {"found", "allowed"} <= CLAUSAL
    assert {"told", "urges"} <= DIRECTING
    assert set(VERBS) >= (BESIDE | CLAUSAL | DIRECTING)


def test_a_participle_and_a_bare_form_have_no_subject_of_their_own():
    assert Verb(0, 6, "saying").subjectless
    assert Verb(0, 3, "say").subjectless
    assert not Verb(0, 4, "said").subjectless
    assert Verb(0, 8, "bemoaned").stance == "assertive"
    assert Verb(0, 10, "harrumphed").stance == "unlisted"
