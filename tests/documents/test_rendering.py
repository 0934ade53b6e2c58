"""The PDF: accessible, reproducible, and proof against what people type."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings as hypothesis_settings, strategies as st

from neutrality.documents.contents import PlainContent, Section
from neutrality.documents.rendering import Frame, Letterhead, content_digest, render
from neutrality.documents.wording import covered
from tests.documents.samples import AT, SAMPLES

ADDRESS = "https://contoh.example/verifikasi/7K2M-Q0ZX-19AB/"
FRAME = Frame(
    title="Dokumen contoh",
    number="001/LP/PL/Kota/16.04/I/2024",
    form_code="Formulir Model B.1",
    office=Letterhead(name="Bawaslu Kota Contoh", lines=("Jalan Contoh 1", "surel@example.org")),
    verify_url=ADDRESS,
    verify_code="7K2M-Q0ZX-19AB",
    issued_at=AT,
    remarks=("Disegel dengan Sertifikat contoh.",),
)


def text_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def plain(text):
    return PlainContent(sections=(Section(heading="Isi", paragraphs=(text,)),)).as_content()


@pytest.mark.parametrize("template", SAMPLES)
def test_every_content_becomes_a_tagged_pdf_with_its_words(template):
    pdf = render(content=SAMPLES[template].as_content(), frame=FRAME)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        metadata = opened.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Dokumen contoh"
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.StructTreeRoot.K is not None
        assert str(opened.Root.Lang) == "id"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
    text = text_of(pdf)
    for words in ("Bawaslu Kota Contoh", "7K2M-Q0ZX-19AB", "Sertifikat contoh", FRAME.number):
        assert words in text


@pytest.mark.parametrize("template", SAMPLES)
def test_the_same_input_gives_the_same_bytes(template):
    content = SAMPLES[template].as_content()
    assert render(content=content, frame=FRAME) == render(content=content, frame=FRAME)


def test_another_content_gives_other_bytes_and_another_digest():
    first, second = plain("satu"), plain("dua")
    assert render(content=first, frame=FRAME) != render(content=second, frame=FRAME)
    assert content_digest(first) != content_digest(second)


def test_the_code_leads_to_the_verification_page():
    pdf = render(content=plain("isi"), frame=FRAME)
    page = pypdfium2.PdfDocument(pdf)[0]
    codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert [code.text for code in codes] == [ADDRESS]


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x") #read("/etc/passwd") *tebal* $x^2$ @rujukan <label> = Judul',
        '"); panic("x',
        r"\u{41} \ #sys.inputs [kurung] {kurawal} `kode` ~ -- --- ... // bukan /* komentar */",
        "https://contoh.example/#import",
    ],
)
def test_markup_in_a_text_stays_text(text):
    shown = text_of(render(content=plain(text), frame=FRAME))
    assert "".join(text.split()) in "".join(shown.split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Setuju \N{GRINNING FACE}", "[GRINNING FACE]"), ("\ua98f", "[JAVANESE LETTER KA]")],
)
def test_emoji_and_javanese_do_not_abort(text, shown):
    assert shown in text_of(render(content=plain(text), frame=FRAME))


def test_every_character_we_call_covered_renders():
    words = " ".join(f"a{char}b" for char in sorted(covered()))
    content = PlainContent(
        sections=(Section(heading="Judul", paragraphs=(words,)),),
        introduction=(words,),
    ).as_content()
    assert render(content=content, frame=replace(FRAME, title="Semua huruf"))[:5] == b"%PDF-"


def test_a_draft_says_so():
    assert "KONSEP" in text_of(render(content=plain("isi"), frame=replace(FRAME, banner="KONSEP")))


@hypothesis_settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=200))
def test_no_text_breaks_a_document(text):
    content = PlainContent(
        introduction=(text,), sections=(Section(heading=text, paragraphs=(text, text)),)
    )
    frame = replace(FRAME, title=text, number=text, office=Letterhead(name=text, lines=(text,)))
    if text.strip():
        assert render(content=content.as_content(), frame=frame)[:5] == b"%PDF-"
