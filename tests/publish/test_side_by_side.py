from summit_analysis.publish.side_by_side import OTHER, Pair, SideBySide, retellings


def test_differing_words_are_set_off_and_shared_ones_not():
    shown = SideBySide(
        [Pair("The claim", "A", "It ended without a deal.", "B", "It ended with no deal.")]
    )._repr_html_()
    assert f'<span style="{OTHER}">without a</span>' in shown
    assert f'<span style="{OTHER}">with no</span>' in shown
    assert f'{OTHER}">It' not in shown


def test_texts_are_escaped_and_keep_their_direction():
    shown = SideBySide([Pair("<b>", "<i>", "<script>x</script> one", "B", "two & three")])._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "&lt;i&gt;" in shown
    assert 'dir="auto"' in shown
    assert "tex2jax_ignore" in shown


def test_the_same_passage_has_no_mark():
    shown = SideBySide([Pair("x", "A", "Fish swam.", "B", "Fish swam.")])._repr_html_()
    assert shown.count(OTHER) == 1  # the key alone


def test_nothing_to_show_says_so(tables_of):
    assert "Nothing to set side by side" in SideBySide([])._repr_html_()
    book = '[[claim]]\nid = "c"\nstatement = "Fish swam."\n'
    codings = "claim,article,coder,status,evidence\nc,a,x,asserts,Fish swam\nc,b,x,asserts,Fish swim\n"
    tables = tables_of({"a.txt": "Fish swam far away.", "b.txt": "Fish swim far away."}, codebook=book, codings=codings)
    shown = retellings(tables["told_otherwise"])
    assert repr(shown) == "Fish swam.\n  a: Fish swam far away.\n  b: Fish swim far away."
    assert f'<span style="{OTHER}">swam</span>' in shown._repr_html_()
