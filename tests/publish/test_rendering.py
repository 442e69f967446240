import gc
import io
import zlib
from dataclasses import replace

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image

from summit_analysis.charts.style import MM, WIDE
from summit_analysis.publish.gallery import Gallery
from summit_analysis.publish.rendering import DPI, LAYOUT, SCREEN, uncollected


@pytest.fixture
def gallery(alaska, tmp_path):
    return Gallery(alaska, tmp_path / "figures", notebook="n.ipynb")


def test_a_notebook_shows_the_picture_with_its_alt_text(gallery):
    data, metadata = gallery.publish("similarity")._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"] == data["text/plain"]


def test_the_alt_text_can_be_opened_below_the_picture(gallery, monkeypatch):
    shown = []
    monkeypatch.setattr("summit_analysis.publish.rendering.display", lambda data, **options: shown.append(data))
    published = gallery.publish("similarity")
    published.description = replace(published.description, alt="<script>a</script> $5")
    published._ipython_display_()
    picture, below = shown
    assert picture["image/png"].startswith(b"\x89PNG")
    assert "&lt;script&gt;a&lt;/script&gt; $5</p></details>" in below["text/html"]
    assert "mathjax_ignore" in below["text/html"]


def fonts_of(pdf):
    """Return the fonts that a PDF embeds."""
    streams = [stream.split(b"endstream")[0] for stream in pdf.split(b"stream\n")[1:]]
    contents = [zlib.decompress(stream) for stream in streams if stream[:1] == b"\x78"]
    return [TTFont(io.BytesIO(content)) for content in contents if content.startswith(b"\x00\x01\x00\x00")]


def test_a_pdf_holds_its_glyphs_and_what_they_mean_without_rules_for_setting_type(gallery):
    load = subset.load_font
    gallery.publish("similarity")
    content = (gallery.folder / "similarity.pdf").read_bytes()
    fonts = fonts_of(content)
    assert len(fonts) > 1
    assert all("glyf" in font and not set(LAYOUT) & set(font.keys()) for font in fonts)
    assert content.count(b"/ToUnicode") == len(fonts)  # its text can be searched
    assert subset.load_font is load


def test_a_picture_is_shown_as_wide_as_it_is_printed(gallery):
    data, metadata = gallery.publish("similarity")._repr_mimebundle_()
    saved, shown = (Image.open(p) for p in (gallery.folder / "similarity.png", io.BytesIO(data["image/png"])))
    assert saved.info["dpi"] == pytest.approx((DPI, DPI), abs=0.1)
    assert shown.info["dpi"] == pytest.approx((DPI / SCREEN, DPI / SCREEN), abs=0.1)
    assert metadata["image/png"]["width"] == round(WIDE * MM * 100)
    assert shown.size == tuple(-(-side // SCREEN) for side in saved.size)


@pytest.mark.parametrize("enabled", [True, False])
def test_garbage_is_collected_behind_a_figure_as_before_it(enabled):
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(ValueError, match="no figure"), uncollected():
            assert not gc.isenabled()
            raise ValueError("no figure")
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if before else gc.disable)()
