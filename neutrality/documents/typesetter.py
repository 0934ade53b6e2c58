"""The process that sets papers, one after the other, for the process that began it.

Typst remembers what it has computed and gives none of it back as long as its process lives; so a
process sets a number of papers and is followed by another (`typesetting`). Each message is its
length in four bytes and the message: JSON in; the PDF, or what is wrong with it, out.
"""

import json
import sys
from typing import IO, Final, cast

import typst

LENGTH: Final = 4
SET, REFUSED = b"\x00", b"\x01"


def read_message(source: IO[bytes]) -> bytes:
    """Return the next message.

    Raises:
        EOFError: There is none, or it breaks off.
    """
    head = source.read(LENGTH)
    size = int.from_bytes(head, "big")
    message = source.read(size) if len(head) == LENGTH else b""
    if not head or len(message) < size:
        raise EOFError
    return message


def write_message(target: IO[bytes], *parts: bytes) -> None:
    """Write one message and let it go."""
    target.write(sum(map(len, parts)).to_bytes(LENGTH, "big"))
    target.writelines(parts)
    target.flush()


def main() -> int:
    """Set what is asked for until nobody asks any more."""
    # Only the fonts inside the package: bytes must not depend on the machine.
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    while True:
        try:
            asked = json.loads(read_message(sys.stdin.buffer))
        except EOFError:
            return 0
        # One per paper: a compiler keeps the inputs of its last document.
        compiler = typst.Compiler(
            root=asked.pop("root"), font_paths=fonts, ignore_system_fonts=True
        )
        try:
            pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], **asked)
        except typst.TypstError as error:
            write_message(sys.stdout.buffer, REFUSED, str(error).encode())
        else:
            write_message(sys.stdout.buffer, SET, cast("bytes", pdf))


if __name__ == "__main__":
    raise SystemExit(main())
