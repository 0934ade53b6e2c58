"""Two thousand hostile files, made from a seed: the same on every machine."""

import random
from collections.abc import Iterator

from tests.complaints.evidence import files, films

ENDINGS = ("jpg", "png", "pdf", "mp4", "mp3", "docx", "svg", "html", "exe", "php", "jpg.exe", "")
NAMES = (
    "foto",
    "../../etc/passwd",
    "..\\windows\\system.ini",
    "C:\\bukti",
    "\u202egnp",
    "bukti\r\nSet-Cookie: x=1",
    "<script>alert(1)</script>",
    "'; DROP TABLE complaints_evidence; --",
    "{{ 7|add:7 }}",
    "nama " * 60,
    ".",
    "\u0000kosong",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "con",
    "%00%2e%2e%2f",
)
SCRIPTS = (
    b"<script>alert(1)</script>",
    b"<svg onload=alert(1)>",
    b"<?php system($_GET[0]); ?>",
    b"#!/bin/sh\nrm -rf /\n",
    b"PK\x03\x04" + bytes(26),
    b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
    b"GIF89a" + bytes(20),
    b"\xff\xd8\xff\xe1",
    b"MZ\x90\x00",
    b"\x7fELF\x02\x01\x01",
)


def whole_files() -> list[bytes]:
    """What the hostile ones are made from, and what is hostile as it is."""
    return [
        files.picture(40, 30),
        files.picture(40, 30, "PNG"),
        files.picture(40, 30, "WEBP"),
        files.photo_with_place(width=40, height=30),
        files.animation(),
        files.transparent(),
        files.pdf(),
        files.armed_pdf(),
        files.pdf(locked_by="x"),
        files.letter(author="x"),
        files.sound()[:400],
        films.film(seconds=1, side=(32, 32), sound=""),
        films.recording(seconds=1),
        files.polyglot(),
        files.huge_picture(),
        files.huge_picture(12_000, 11_000),
        files.drawing_with_script(),
        files.page_with_script(),
    ]


def hostile_files(number: int, seed: int = 4) -> Iterator[tuple[str, bytes]]:
    """Give so many names and contents: cut, bent, doubled, disguised, hollow."""
    chance = random.Random(seed)  # noqa: S311 - repeatable
    sound = whole_files()
    turns = (_cut, _bend, _disguise, _double, _stuff, _hollow, _as_it_is)
    for count in range(number):
        content = turns[count % len(turns)](chance.choice(sound), sound, chance)
        name = f"{chance.choice(NAMES)}.{chance.choice(ENDINGS)}"
        yield name, content


def _cut(content, _sound, chance):
    return content[: chance.randrange(1, len(content))]


def _bend(content, _sound, chance):
    bent = bytearray(content)
    for _ in range(chance.randrange(1, 24)):
        bent[chance.randrange(len(bent))] = chance.randrange(256)
    return bytes(bent)


def _disguise(content, _sound, chance):
    return chance.choice(SCRIPTS) + content


def _double(content, sound, chance):
    return content + chance.choice(sound)


def _stuff(content, _sound, chance):
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(SCRIPTS) + content[at:]


def _hollow(content, _sound, chance):
    at = chance.randrange(len(content))
    return content[:at] + bytes(chance.randrange(1, 300)) + content[at:]


def _as_it_is(content, _sound, _chance):
    return content
