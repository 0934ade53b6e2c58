"""Films and sound: copies without metadata, and copies with stretches that are dark or silent."""

# What PyAV gives has no types that mypy could follow through its options.
# ruff: noqa: ANN401

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import av
from av.bitstream import BitStreamFilterContext
from av.error import FFmpegError
from av.filter import Graph
from PIL import Image

from complaints.decoding.parts import Copy, Made, Unusable, copy_of, save_thumbnail

# What telephones, cameras and messengers make. No play lists: they name other files and addresses.
FORMATS: Final = "mov,matroska,webm,mp3,ogg,wav,flac,aac,amr,avi,3gp,mpegts,asf,mpeg,flv"
LONGEST_SIDE: Final = 1280
MOST_SECONDS: Final = 4 * 60 * 60
THREADS: Final = 2
RATE: Final = 48_000
_TICKS: Final = Fraction(1, 1000)
_OPENING: Final = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
# No line that says which program wrote it and when; the index comes first, so that it plays at once.
_WRITING: Final = {"movflags": "+faststart", "fflags": "+bitexact"}
_PICTURE: Final = {"preset": "veryfast", "crf": "26", "a53cc": "0"}
# SEI units of H.264 hold what a camera wants to say beside the picture.
_WITHOUT_REMARKS: Final = "filter_units=remove_types=6"
_TELLING: Final[Mapping[str, tuple[str, ...]]] = {
    "PLACE": ("location", "gps", "xyz"),
    "DEVICE": ("make", "model", "android", "camera", "device"),
    "TIME": ("creation", "date", "modification"),
    "AUTHOR": ("artist", "author", "copyright", "composer", "performer", "owner"),
    "PROGRAM": ("software", "comment"),
}
_FAULTS: Final = (FFmpegError, ValueError, KeyError, IndexError, AttributeError, TypeError)


class _Silence:
    """Stretches in seconds, rounded outwards to whole frames."""

    def __init__(self, spans: Iterable[Mapping[str, Any]], what: str) -> None:
        self._spans = [
            (float(span["from"]), float(span["to"]))
            for span in spans
            if span["what"] in {what, "BOTH"}
        ]

    def covers(self, start: float, end: float) -> bool:
        return any(start < last and end > first for first, last in self._spans)


def clean_media(source: Path, folder: Path) -> Made:
    """Make a copy that browsers play, of the first picture and the first sound, without metadata.

    What browsers play is taken over as it is, what they do not is encoded anew.

    Raises:
        Unusable: TOO_LARGE or BROKEN.
    """
    try:
        with _opened(source) as container:
            carries = _carried(container)
            copy = _cleaned(container, folder)
        return Made([copy, *_poster(folder / "copy", folder)], carries)
    except _FAULTS:
        raise Unusable("BROKEN") from None


def redact_media(source: Path, folder: Path, spans: Sequence[Mapping[str, Any]]) -> list[Copy]:
    """Make a copy in which these stretches are dark, silent, or both; all of it is encoded anew.

    Raises:
        Unusable: TOO_LARGE or BROKEN.
    """
    try:
        with _opened(source) as container:
            return [_encoded(container, folder, spans, "REDACTED")]
    except _FAULTS:
        raise Unusable("BROKEN") from None


def _opened(source: Path) -> Any:
    return av.open(str(source), options=dict(_OPENING), metadata_errors="ignore")


def _streams(container: Any) -> tuple[Any, Any]:
    """Return the first moving picture and the first sound; covers of albums are neither."""
    films = [each for each in container.streams.video if not _is_cover(each)]
    film, sound = next(iter(films), None), next(iter(container.streams.audio), None)
    if film is None and sound is None:
        raise Unusable("BROKEN")
    if (container.duration or 0) / av.time_base > MOST_SECONDS:
        raise Unusable("TOO_LARGE")
    for stream in filter(None, (film, sound)):
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = THREADS
    return film, sound


def _is_cover(stream: Any) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _cleaned(container: Any, folder: Path) -> Copy:
    film, sound = _streams(container)
    plays_film = film is None or film.codec.canonical_name == "h264"
    plays_sound = sound is None or sound.codec.canonical_name in {"aac", "mp3"}
    if plays_film and plays_sound:
        return _taken_over(container, folder, film, sound)
    return _encoded(container, folder, (), "CLEANED")


def _taken_over(container: Any, folder: Path, film: Any, sound: Any) -> Copy:
    """Write the packets anew, in another container and without what is said beside them."""
    target = folder / "copy"
    with av.open(str(target), "w", format="mp4", options=dict(_WRITING)) as made:
        lanes = {each.index: _Lane(made, each) for each in (film, sound) if each}
        sources = [each for each in (film, sound) if each]
        for packet in container.demux(*sources):
            if packet.dts is not None:
                lanes[packet.stream.index].write(packet)
        for lane in lanes.values():
            lane.end()
    return _described(target, "CLEANED", film)


class _Lane:
    """One stream on its way from the source into the copy."""

    def __init__(self, made: Any, stream: Any) -> None:
        self._made, self._target = made, made.add_stream_from_template(stream)
        self._filter = (
            BitStreamFilterContext(_WITHOUT_REMARKS, stream, self._target)
            if stream.type == "video"
            else None
        )

    def write(self, packet: Any) -> None:
        for each in self._filter.filter(packet) if self._filter else [packet]:
            each.stream = self._target
            self._made.mux(each)

    def end(self) -> None:
        if self._filter:
            for each in self._filter.filter(None):
                each.stream = self._target
                self._made.mux(each)


def _encoded(
    container: Any,
    folder: Path,
    spans: Sequence[Mapping[str, Any]],
    kind: str,
) -> Copy:
    film, sound = _streams(container)
    target = folder / "copy"
    begun = (container.start_time or 0) / av.time_base
    with av.open(str(target), "w", format="mp4", options=dict(_WRITING)) as made:
        coders: dict[int, _Picture | _Sound] = {}
        if film:
            first = _first_frame(Path(container.name))
            coders[film.index] = _Picture(made, film, first, begun, _Silence(spans, "PICTURE"))
        if sound:
            coders[sound.index] = _Sound(made, sound, begun, _Silence(spans, "SOUND"))
        for packet in container.demux(*filter(None, (film, sound))):
            for frame in _frames(packet):
                coders[packet.stream.index].take(frame)
        for coder in coders.values():
            coder.end()
    return _described(target, kind, film)


def _frames(packet: Any) -> Iterator[Any]:
    """Give the frames of a packet; a broken one in the middle is left out, as players do."""
    with suppress(av.error.InvalidDataError):
        yield from packet.decode()


def _first_frame(source: Path) -> Any:
    """Return the first picture: how the camera was held is said in it and nowhere before."""
    with _opened(source) as container:
        film, _sound = _streams(container)
        for frame in container.decode(film):
            return frame
    raise Unusable("BROKEN")


class _Picture:
    """Draws the frames upright and small enough, and dark where they shall be."""

    def __init__(self, made: Any, stream: Any, first: Any, begun: float, dark: _Silence) -> None:
        self._made, self._begun, self._dark = made, begun, dark
        self._step = float(1 / (stream.average_rate or 25))
        self._stream, self._last = stream, -1
        drawn = _drawn(_upright(stream, first), first)
        self._graph = _upright(stream, first)
        self._target = made.add_stream("libx264", rate=25, options=dict(_PICTURE))
        self._target.width, self._target.height = drawn.width, drawn.height
        self._target.pix_fmt = "yuv420p"
        self._target.codec_context.time_base = _TICKS
        self._target.codec_context.thread_count = THREADS

    def take(self, frame: Any) -> None:
        if frame.pts is None:
            return
        start = float(frame.pts * frame.time_base) - self._begun
        shown = _drawn(self._graph, frame)
        if self._dark.covers(start, start + self._step):
            shown = _dark_frame(shown.width, shown.height)
        shown.pts = max(self._last + 1, round(start * 1000))
        shown.time_base, self._last = _TICKS, shown.pts
        self._made.mux(self._target.encode(shown))

    def end(self) -> None:
        self._made.mux(self._target.encode())


def _drawn(graph: Graph, frame: Any) -> Any:
    graph.push(frame)
    return graph.pull()


def _upright(stream: Any, frame: Any) -> Graph:
    """Return what turns the frames as the camera was held, and makes them small enough."""
    turned = {90: "transpose=cclock", 180: "hflip,vflip", 270: "transpose=clock"}
    turn = turned.get(frame.rotation % 360, "")
    graph = Graph()
    first = graph.add_buffer(template=stream, time_base=frame.time_base)
    links = [first]
    for name in filter(None, turn.split(",")):
        step, _equals, words = name.partition("=")
        links.append(graph.add(step, words) if words else graph.add(step))
    side = f"{LONGEST_SIDE}:{LONGEST_SIDE}:force_original_aspect_ratio=decrease"
    if max(frame.width, frame.height) > LONGEST_SIDE:
        links.append(graph.add("scale", f"{side}:force_divisible_by=2"))
    else:
        links.append(graph.add("scale", "trunc(iw/2)*2:trunc(ih/2)*2"))
    links.append(graph.add("format", "pix_fmts=yuv420p"))
    links.append(graph.add("buffersink"))
    for one, other in pairwise(links):
        one.link_to(other)
    graph.configure()
    return graph


def _dark_frame(width: int, height: int) -> Any:
    """Return a frame of its own: the decoder may still need the one that is not shown."""
    frame = av.VideoFrame(width, height, "yuv420p")
    for plane, value in zip(frame.planes, (16, 128, 128), strict=True):
        plane.update(bytes([value]) * plane.buffer_size)
    return frame


class _Sound:
    """Encodes the sound anew, silent where it shall be."""

    def __init__(self, made: Any, stream: Any, begun: float, silent: _Silence) -> None:
        self._made, self._begun, self._silent = made, begun, silent
        layout = "mono" if stream.codec_context.layout.nb_channels == 1 else "stereo"
        self._target = made.add_stream("aac", rate=RATE, layout=layout, bit_rate=96_000)
        self._same = av.AudioResampler(format="fltp", layout=layout, rate=RATE)
        self._next, self._written = 0.0, -1

    def take(self, frame: Any) -> None:
        known = frame.pts is not None
        start = float(frame.pts * frame.time_base) - self._begun if known else self._next
        self._next = start + frame.samples / frame.sample_rate
        if self._silent.covers(start, self._next):
            _silence(frame)
        if self._written < 0:
            self._written = max(0, round(start * RATE))
        self._encode(self._same.resample(frame))

    def end(self) -> None:
        self._encode(self._same.resample(None))
        self._made.mux(self._target.encode())

    def _encode(self, frames: Iterable[Any]) -> None:
        for each in frames:
            each.pts, each.time_base = self._written, Fraction(1, RATE)
            self._written += each.samples
            self._made.mux(self._target.encode(each))


def _silence(frame: Any) -> None:
    zero = 128 if frame.format.name.startswith("u8") else 0
    for plane in frame.planes:
        plane.update(bytes([zero]) * plane.buffer_size)


def _described(target: Path, kind: str, film: Any) -> Copy:
    facts: dict[str, int] = {}
    with av.open(str(target)) as made:
        if made.duration:
            facts["seconds"] = -(-made.duration // av.time_base)
        if film:
            picture = made.streams.video[0]
            facts |= {"width": picture.width, "height": picture.height}
    return copy_of(target, kind, "video/mp4" if film else "audio/mp4", **facts)


def _poster(copy: Path, folder: Path) -> list[Copy]:
    """Return a small picture of how the film begins."""
    with suppress(*_FAULTS), av.open(str(copy)) as film:
        for frame in film.decode(video=0):
            picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
            return [save_thumbnail(picture.rotate(frame.rotation, expand=True), folder)]
    return []


def _carried(container: Any) -> list[str]:
    told = [container.metadata, *(each.metadata for each in container.streams)]
    names = {name.lower() for words in told for name, value in words.items() if str(value).strip()}
    found = {
        code
        for code, parts in _TELLING.items()
        if any(part in name for name in names for part in parts)
    }
    return sorted(found)
