"""The decoder makes harmless copies, or says with a code why it makes none."""

import io
import subprocess
import sys

import pikepdf
import pytest
from PIL import Image

from complaints.decoding import papers, parts, run as decoder
from complaints.services.clean_copy import Area, CopyRefused, clean_copies, redacted_copy
from tests.complaints.evidence import files


def made(tmp_path, content, job="image", *more):
    source = tmp_path / "source"
    source.write_bytes(content)
    return decoder.run([job, str(source), str(tmp_path), *more])


def opened(tmp_path, name="copy"):
    return Image.open(io.BytesIO((tmp_path / name).read_bytes()))


def test_a_photograph_loses_place_camera_and_comment_and_is_turned(tmp_path):
    answer = made(tmp_path, files.photo_with_place(orientation=6))
    copy = opened(tmp_path)
    assert answer["copies"][0] == {
        "kind": "CLEANED",
        "file": "copy",
        "media_type": "image/jpeg",
        "width": 480,
        "height": 640,
        "pages": None,
        "seconds": None,
    }
    assert (copy.size, dict(copy.getexif()), copy.info.get("comment")) == ((480, 640), {}, None)
    assert files.PLACE.encode() not in (tmp_path / "copy").read_bytes()
    green, red = copy.getpixel((240, 20)), copy.getpixel((240, 620))
    assert (green[1] > green[0], red[0] > red[1]) == (True, True)


def test_a_large_photograph_is_made_smaller_and_has_a_thumbnail(tmp_path):
    made(tmp_path, files.picture(5000, 2500))
    assert (opened(tmp_path).size, opened(tmp_path, "thumbnail").size) == ((2000, 1000), (320, 160))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.picture(kind="PNG"), "PNG"),
        (files.picture(kind="WEBP"), "JPEG"),
        (files.transparent(), "PNG"),
        (files.transparent("WEBP"), "PNG"),
        (files.animation(), "PNG"),
    ],
)
def test_drawings_stay_sharp_and_photographs_stay_small(tmp_path, content, kind):
    made(tmp_path, content)
    assert opened(tmp_path).format == kind
    assert opened(tmp_path, "thumbnail").format == "JPEG"


def test_of_an_animation_the_first_frame_is_kept(tmp_path):
    made(tmp_path, files.animation())
    copy = opened(tmp_path)
    assert (getattr(copy, "n_frames", 1), copy.convert("RGB").getpixel((5, 5))) == (1, (255, 0, 0))


def test_a_picture_that_is_also_an_archive_is_only_a_picture_afterwards(tmp_path):
    made(tmp_path, files.polyglot())
    copy = (tmp_path / "copy").read_bytes()
    assert (b"PK" in copy, b"script" in copy) == (False, False)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (files.huge_picture(), "TOO_LARGE"),
        (files.huge_picture(12_000, 11_000), "TOO_LARGE"),
        (files.huge_picture(2000, 2000), "BROKEN"),
        (files.picture()[:-2000], "BROKEN"),
        (files.picture(kind="PNG")[:200], "BROKEN"),
        (files.picture(kind="BMP"), "BROKEN"),
        (files.drawing_with_script(), "BROKEN"),
        (b"", "BROKEN"),
    ],
)
def test_what_is_no_whole_picture_of_reasonable_size_is_refused(tmp_path, content, code):
    assert made(tmp_path, content) == {"refused": code}


def test_areas_are_black_in_the_pixels_and_rounded_outwards(tmp_path):
    area = '[{"left": 50, "top": 0, "width": 50, "height": 33}]'
    answer = made(tmp_path, files.picture(101, 100, "PNG"), "redact", area)
    copy = opened(tmp_path)
    assert answer["copies"][0]["kind"] == "REDACTED"
    assert [copy.getpixel(at) for at in ((50, 0), (100, 33))] == [(0, 0, 0), (0, 0, 0)]
    assert copy.getpixel((49, 50)) != (0, 0, 0)


def test_a_document_is_disarmed_and_tells_nobody_who_made_it(tmp_path):
    made(tmp_path, files.armed_pdf(), "pdf")
    copy = (tmp_path / "copy").read_bytes()
    with pikepdf.open(tmp_path / "copy") as file:
        page = file.pages[0]
        kinds = [str(each.Subtype) for each in page.Annots]
        actions = [str(each.A.S) if "/A" in each else "" for each in page.Annots]
        everything = "".join(repr(each) for each in file.objects)
        info = file.trailer.get("/Info")
        photograph = page.Resources.XObject.Foto.read_raw_bytes()
    assert (kinds, actions, info) == (["/Link"] * 3, ["", "", "/URI"], None)
    assert [word in everything for word in ("JavaScript", "Launch", "alert", "Embedded")] == [
        False
    ] * 4
    assert [files.PLACE.encode() in each for each in (copy, photograph)] == [False, False]
    assert dict(Image.open(io.BytesIO(photograph)).getexif()) == {}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (files.pdf(locked_by="rahasia"), "ENCRYPTED"),
        (files.pdf()[:-60], "BROKEN"),
        (files.pdf()[:200], "BROKEN"),
        (b"%PDF-1.7\n<script>alert(1)</script>", "BROKEN"),
    ],
)
def test_a_locked_or_damaged_document_is_refused(tmp_path, content, code):
    assert made(tmp_path, content, "pdf") == {"refused": code}


def test_a_document_without_pages_is_refused(tmp_path):
    written = io.BytesIO()
    pikepdf.new().save(written)
    assert made(tmp_path, written.getvalue(), "pdf") == {"refused": "BROKEN"}


def test_what_is_no_jpeg_keeps_its_bytes():
    assert papers.without_segments(b"GIF89a") == b"GIF89a"


def test_the_decoder_runs_in_a_process_of_its_own(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(files.picture(kind="PNG"))
    copies = clean_copies(path=source, media_type="image/png", folder=tmp_path).copies
    assert [(each.kind, each.width) for each in copies] == [("CLEANED", 640), ("THUMBNAIL", 320)]
    marks = [Area(0, 0, 10, 10).as_json()]
    copy = redacted_copy(path=copies[0].path, media_type="image/png", marks=marks, folder=tmp_path)
    assert (copy.kind, copy.path.name) == ("REDACTED", "copy")


def test_a_decoder_that_ends_itself_is_a_refusal(tmp_path):
    with pytest.raises(CopyRefused) as refused:
        clean_copies(path=tmp_path / "none", media_type="application/pdf", folder=tmp_path / "none")
    assert refused.value.sentence == "Salinan berkas ini tidak dapat dibuat dengan aman."


@pytest.mark.parametrize("limits", [parts.PICTURES, parts.PAPERS, parts.MEDIA])
def test_the_decoder_may_not_take_more_than_its_share(limits):
    program = (
        "import resource, sys;"
        "from complaints.decoding.parts import Limits, limit_itself;"
        "limit_itself(Limits(*map(int, sys.argv[1:])));"
        "print(*(resource.getrlimit(each)[0] for each in"
        " (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)))"
    )
    given = [str(each) for each in (limits.memory, limits.seconds, limits.output)]
    done = subprocess.run(
        [sys.executable, "-c", program, *given], capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == given


@pytest.mark.parametrize(
    ("content", "carries"),
    [
        (files.picture(), []),
        (files.photo_with_place(), ["DEVICE", "PLACE"]),
        (files.picture(kind="PNG", pnginfo=files.png_words(Author=files.PLACE)), ["AUTHOR"]),
        (files.picture(xmp=b"<x:xmpmeta><dc:creator>x</dc:creator></x:xmpmeta>"), ["AUTHOR"]),
    ],
)
def test_it_says_what_a_picture_tells_besides_what_it_shows(tmp_path, content, carries):
    assert made(tmp_path, content)["carries"] == carries


def test_it_says_what_a_paper_tells(tmp_path):
    assert made(tmp_path, files.armed_pdf(), "pdf")["carries"] == [
        "ATTACHMENT",
        "AUTHOR",
        "PROGRAM",
    ]
    assert made(tmp_path, files.pdf(), "pdf")["carries"] == []


@pytest.mark.parametrize(
    ("content", "carries"),
    [
        (files.letter(author=files.PLACE), ["AUTHOR", "PROGRAM"]),
        (files.letter(), ["PROGRAM"]),
        (files.zip_bomb(), []),
        (files.letter(author=files.PLACE)[:300], []),
    ],
)
def test_it_looks_into_office_files_without_unpacking_them(tmp_path, content, carries):
    assert made(tmp_path, content, "office") == {"copies": [], "carries": carries}


class TestPapers:
    """Pages as pictures, and black areas in them."""

    def test_a_paper_has_a_small_picture_of_its_first_page(self, tmp_path):
        answer = made(tmp_path, files.pdf(), "pdf")
        kinds = [(each["kind"], each["pages"]) for each in answer["copies"]]
        assert kinds == [("CLEANED", 2), ("THUMBNAIL", None)]

    def test_one_page_is_drawn(self, tmp_path):
        answer = made(tmp_path, files.pdf_with_words("Rahasia"), "page", "1")
        assert (answer["copies"][0]["media_type"], opened(tmp_path).size) == (
            "image/jpeg",
            (625, 834),
        )

    @pytest.mark.parametrize("number", ["0", "3", "-1"])
    def test_a_page_that_is_not_there_is_refused(self, tmp_path, number):
        assert made(tmp_path, files.pdf(), "page", number) == {"refused": "BROKEN"}

    def test_below_a_black_area_there_are_no_words_any_more(self, tmp_path):
        area = '[{"page": 1, "left": 0, "top": 0, "width": 100, "height": 50}]'
        made(tmp_path, files.pdf_with_words("Rahasia"), "redact-pdf", area)
        with pikepdf.open(tmp_path / "copy") as paper:
            assert (len(paper.pages), "/Info" in paper.trailer) == (2, False)
            fonts = [each for each in paper.objects if "/Font" in repr(each)]
            pictures = [page.Resources.XObject.Halaman for page in paper.pages]
            shown = [Image.open(io.BytesIO(each.read_raw_bytes())) for each in pictures]
        assert fonts == []
        assert [max(each.getpixel((300, 100))) < 20 for each in shown] == [True, False]
        assert [min(each.getpixel((300, 700))) > 200 for each in shown] == [True, True]

    def test_a_paper_of_too_many_pages_is_refused(self, tmp_path):
        content = files.pdf(pages=papers.MOST_PAGES + 1)
        assert made(tmp_path, content, "redact-pdf", "[]") == {"refused": "TOO_LARGE"}
