"""Films and sound: copies without metadata that browsers play, and stretches that are gone."""

import io
import json

import av
import pytest

from complaints.decoding import run as decoder
from tests.complaints.evidence import files, films

PLACE = {"location": "-07.8+112.0/", "artist": files.PLACE, "comment": files.PLACE}


def made(tmp_path, content, job="media", *more):
    source = tmp_path / "source"
    source.write_bytes(content)
    return decoder.run([job, str(source), str(tmp_path), *more])


def copy(tmp_path):
    return (tmp_path / "copy").read_bytes()


def redacted(tmp_path, content, *spans):
    marks = [{"from": begin, "to": end, "what": what} for begin, end, what in spans]
    return made(tmp_path, content, "redact-media", json.dumps(marks))


def codecs(content):
    with av.open(io.BytesIO(content)) as read:
        return [each.codec.canonical_name for each in read.streams]


def test_a_film_loses_what_it_tells_and_keeps_what_it_shows(tmp_path):
    answer = made(tmp_path, films.film(**PLACE))
    assert answer["carries"] == ["AUTHOR", "PLACE", "PROGRAM"]
    assert [(each["kind"], each["media_type"], each["seconds"]) for each in answer["copies"]] == [
        ("CLEANED", "video/mp4", 2),
        ("THUMBNAIL", "image/jpeg", None),
    ]
    cleaned = copy(tmp_path)
    assert [word in cleaned for word in (b"-07.8", files.PLACE.encode(), b"Lavf", b"x264")] == [
        False
    ] * 4
    assert min(low for low, _high in films.brightness(cleaned).values()) > 150


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (films.film(codec="libvpx", kind="webm", sound="libopus"), ["h264", "aac"]),
        (films.film(codec="mpeg4", kind="avi", sound="libmp3lame"), ["h264", "aac"]),
        (films.film(sound=""), ["h264"]),
        (films.recording(), ["mp3"]),
        (films.recording(codec="libopus", kind="ogg"), ["aac"]),
        (films.recording(codec="flac", kind="flac"), ["aac"]),
        (films.recording(codec="pcm_s16le", kind="wav"), ["aac"]),
    ],
)
def test_what_browsers_do_not_play_is_encoded_anew(tmp_path, content, expected):
    answer = made(tmp_path, content)
    assert "copies" in answer, answer
    cleaned = copy(tmp_path)
    assert codecs(cleaned) == expected
    if "h264" not in expected:
        assert films.loudness(cleaned)[0][1] > 0.3


def test_stretches_are_dark_and_silent_and_the_rest_is_not(tmp_path):
    content = films.film(seconds=5)
    answer = redacted(tmp_path, content, (1, 2, "BOTH"), (3, 4, "SOUND"), (4, 5, "PICTURE"))
    assert answer["copies"][0]["kind"] == "REDACTED"
    light, loud = films.brightness(copy(tmp_path)), films.loudness(copy(tmp_path))
    assert [light[second][1] < 40 for second in range(5)] == [False, True, False, False, True]
    assert [loud[second][1] < 0.02 for second in range(5)] == [False, True, False, True, False]


def test_a_stretch_of_a_recording_is_silent(tmp_path):
    redacted(tmp_path, films.recording(seconds=3), (1, 2, "SOUND"))
    loud = films.loudness(copy(tmp_path))
    assert [loud[second][1] < 0.02 for second in range(3)] == [False, True, False]


def test_a_large_film_is_made_smaller_when_it_is_encoded_anew(tmp_path):
    content = films.film(seconds=1, side=(1920, 1080))
    answer = redacted(tmp_path, content, (0, 1, "SOUND"))
    assert (answer["copies"][0]["width"], answer["copies"][0]["height"]) == (1280, 720)


@pytest.mark.parametrize(
    "content",
    [
        films.film()[:2000],
        b"\0\0\0\x20ftypmp42\0\0\0\0mp42isom" + bytes(400),
        b"RIFF\xff\xff\xff\xffWAVEfmt ",
        b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\n/etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        files.picture(),
        files.page_with_script(),
        b"",
    ],
)
def test_what_is_no_whole_film_is_refused(tmp_path, content):
    assert made(tmp_path, content) == {"refused": "BROKEN"}
