from dataclasses import replace

import pytest

from summit_analysis.publish.gallery import Gallery


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
