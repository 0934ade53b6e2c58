"""Files as people and enemies send them, made on the spot."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image
from PIL.ExifTags import IFD, Base
from PIL.PngImagePlugin import PngInfo

PLACE = "Kelurahan Rahasia"


def picture(width=640, height=480, kind="JPEG", colour=(200, 60, 60), **options):
    """A picture of one colour with a green left half, so that it can be told how it is turned."""
    image = Image.new("RGB", (width, height), colour)
    image.paste((20, 180, 40), (0, 0, width // 2, height))
    return _written(image, kind, **options)


def photo_with_place(orientation=6, **options):
    """A photograph that says where it was taken, by which camera, and that it lies on its side."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = PLACE
    exif.get_ifd(IFD.GPSInfo)[1] = "S"
    exif.get_ifd(IFD.GPSInfo)[2] = (7.0, 49.0, 0.0)
    return picture(exif=exif, comment=PLACE.encode(), **options)


def transparent(kind="PNG"):
    """A drawing on nothing."""
    return _written(Image.new("RGBA", (300, 200), (255, 0, 0, 0)), kind)


def animation():
    """Two frames: red, then blue."""
    frames = [Image.new("RGB", (50, 40), colour) for colour in ("red", "blue")]
    return _written(frames[0], "GIF", save_all=True, append_images=frames[1:])


def huge_picture(width=60_000, height=60_000):
    """A PNG of a few bytes that says it is enormous."""
    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pieces = (b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 4096)), (b"IEND", b"")
    chunks = (
        struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))
        for name, data in pieces
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def polyglot():
    """A picture that is also an archive with a page that runs a script."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("index.html", "<script>alert(1)</script>")
    return picture() + archive.getvalue()


def zip_bomb():
    """An archive of a megabyte that unpacks to a gigabyte, named as a document would be."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(8):
            file.writestr(f"word/{number}.xml", bytes(16 * 1024 * 1024))
    return archive.getvalue()


def drawing_with_script():
    """An SVG that runs a script."""
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def page_with_script():
    """A web page that runs a script."""
    return b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


def png_words(**words):
    """Words that a PNG tells beside its picture."""
    told = PngInfo()
    for name, value in words.items():
        told.add_text(name, value)
    return told


def letter(author=""):
    """A letter as office programs write it, with the name of its author or without."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<w:document/>")
        file.writestr("docProps/app.xml", "<Properties><Application>X</Application></Properties>")
        named = f"<dc:creator>{author}</dc:creator>"
        file.writestr("docProps/core.xml", f"<cp:coreProperties>{named}</cp:coreProperties>")
    return archive.getvalue()


def pdf_with_words(words):
    """A document with words on its first page, and another page that shares its fonts."""
    file = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for said in (words, ""):
        page = file.add_blank_page(page_size=(300, 400))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pikepdf.Stream(file, f"BT /F1 24 Tf 20 350 Td ({said}) Tj ET".encode())
    return _saved(file)


def pdf(locked_by="", pages=2):
    """A plain document of two pages."""
    file = pikepdf.new()
    for _ in range(pages):
        file.add_blank_page(page_size=(300, 400))
    options = {"encryption": pikepdf.Encryption(owner="x", user=locked_by)} if locked_by else {}
    return _saved(file, **options)


def armed_pdf():
    """A document that acts when opened, clicked and followed, carries a file, and says who made it."""
    file = pikepdf.new()
    file.add_blank_page(page_size=(300, 400))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    file.Root.OpenAction = file.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name.GoTo, D="x", Next=file.make_indirect(script))
    )
    file.Root.AA = pikepdf.Dictionary(WC=script)
    file.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script]))
    )
    file.attachments["kejutan.exe"] = b"MZ" + PLACE.encode()
    file.docinfo["/Author"] = PLACE
    with file.open_metadata() as meta:
        meta["dc:creator"] = [PLACE]
    page = file.pages[0]
    page.AA = pikepdf.Dictionary(O=launch)
    page.Annots = pikepdf.Array(
        [
            _annotation("Link", A=launch),
            _annotation("Link", A=file.make_indirect(script)),
            _annotation(
                "Link", A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://contoh.example")
            ),
            _annotation("FileAttachment", Contents=PLACE),
            file.make_indirect(_annotation("RichMedia")),
        ]
    )
    picture_stream = pikepdf.Stream(file, photo_with_place())
    picture_stream.Type, picture_stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture_stream.Width, picture_stream.Height = 640, 480
    picture_stream.ColorSpace, picture_stream.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    picture_stream.Filter = pikepdf.Name.DCTDecode
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Foto=picture_stream))
    return _saved(file)


def sound():
    """A second of silence."""
    data = bytes(8000)
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8)
    body = b"WAVE" + head + struct.pack("<4sI", b"data", len(data)) + data
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def _annotation(kind, **more):
    rectangle = pikepdf.Array([0, 0, 10, 10])
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), Rect=rectangle, **more
    )


def _written(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _saved(file, **options):
    written = io.BytesIO()
    file.save(written, **options)
    return written.getvalue()
