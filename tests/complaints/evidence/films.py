"""Films and sound as telephones make them, made on the spot."""

import io
import math
import struct

import av

RATE = 25
SIDE = (160, 120)


def film(*, seconds=2, codec="libx264", kind="mp4", sound="aac", side=SIDE, **told):
    """A film that is bright all the time, with a tone all the time, and what it tells of itself."""
    written = io.BytesIO()
    with av.open(written, "w", format=kind) as made:
        made.metadata.update(told)
        picture = made.add_stream(codec, rate=RATE)
        picture.width, picture.height = side
        picture.pix_fmt = "yuv420p"
        tone = made.add_stream(sound, rate=48_000, layout="mono") if sound else None
        for number in range(seconds * RATE):
            made.mux(picture.encode(_bright(number, side)))
        made.mux(picture.encode())
        if tone:
            _sing(made, tone, seconds)
    return written.getvalue()


def recording(*, seconds=2, codec="libmp3lame", kind="mp3", **told):
    """A tone, and what it tells of itself."""
    written = io.BytesIO()
    with av.open(written, "w", format=kind) as made:
        made.metadata.update(told)
        _sing(made, made.add_stream(codec, rate=48_000, layout="mono"), seconds)
    return written.getvalue()


def brightness(content):
    """How bright each second of a film is, from 0 to 255."""
    with av.open(io.BytesIO(content)) as read:
        return _by_second(
            (float(frame.time), bytes(frame.planes[0])[len(bytes(frame.planes[0])) // 2])
            for frame in read.decode(video=0)
        )


def loudness(content):
    """How loud each second is, from 0 to 1."""
    with av.open(io.BytesIO(content)) as read:
        return _by_second(
            (float(frame.time), max(map(abs, _samples(frame)))) for frame in read.decode(audio=0)
        )


def _by_second(pairs):
    seconds: dict[int, list[float]] = {}
    for at, value in pairs:
        # A frame that lies across two seconds belongs to neither.
        if 0.1 < at % 1 < 0.9:
            seconds.setdefault(int(at), []).append(value)
    return {second: (min(values), max(values)) for second, values in seconds.items()}


def _samples(frame):
    return struct.unpack(f"{frame.samples}f", bytes(frame.planes[0])[: 4 * frame.samples])


def _bright(number, side):
    frame = av.VideoFrame(side[0], side[1], "yuv420p")
    for plane, value in zip(frame.planes, (200, 90, 160), strict=True):
        plane.update(bytes([value]) * plane.buffer_size)
    frame.pts = number
    return frame


def _sing(made, stream, seconds):
    for start in range(0, seconds * 48_000, 960):
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        wave = (int(16_000 * math.sin((start + at) / 20)) for at in range(960))
        frame.planes[0].update(struct.pack("960h", *wave).ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.pts = 48_000, start
        made.mux(stream.encode(frame))
    made.mux(stream.encode())
