"""What may be opened inside a zip, and how much of it. Knows no format of the files inside."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib

from pipelines.readers import Refused

MAX_RATIO = 200
MAX_BYTES = 1 << 30  # unpacked, all members together
MAX_MEMBERS = 10_000
_PIECE = 1 << 20
_ENCRYPTED = 0x1
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")


def opened(data: zipfile.ZipFile | object) -> zipfile.ZipFile:
    """The zip in the file object `data`, every member checked against the limits before any is unpacked.

    Raises Refused: FILE_PARTIAL (no end), FILE_CORRUPT, FILE_ENCRYPTED, ZIP_RATIO, ZIP_PATH, FILE_TOO_LARGE.
    """
    # NotImplementedError is what zipfile itself raises for a member packed in a way it does not know
    try:
        archive = zipfile.ZipFile(data)  # type: ignore[arg-type]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused("FILE_PARTIAL", found=f"zip: {error}") from error
    if len(archive.infolist()) > MAX_MEMBERS:
        raise Refused("FILE_TOO_LARGE", found=f"{len(archive.infolist())} members", expected=f"≤ {MAX_MEMBERS}")
    for member in archive.infolist():
        _check(member)
    size = sum(member.file_size for member in archive.infolist())
    if size > MAX_BYTES:
        raise Refused("FILE_TOO_LARGE", found=f"{size} B", expected=f"≤ {MAX_BYTES} B")
    return archive


def content(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one member; raises Refused FILE_CORRUPT when they are not those the directory speaks of.

    Read in pieces: so zipfile never unpacks more than the checked size, and where that is a lie, the checksum fails.
    """
    pieces = []
    try:
        with archive.open(name) as stream:
            while piece := stream.read(_PIECE):
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Refused("FILE_CORRUPT", found=f"{name}: {error}") from error
    return b"".join(pieces)


def single_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one file in `archive`; raises Refused ZIP_MEMBERS when there are several or none."""
    files = [member for member in archive.infolist() if not member.is_dir() and not _is_litter(member)]
    if len(files) != 1:
        raise Refused("ZIP_MEMBERS", found=len(files), expected=1)
    return files[0]


def _is_litter(member: zipfile.ZipInfo) -> bool:
    """What macOS adds to every zip it makes."""
    return member.filename.startswith("__MACOSX/") or member.filename.endswith(".DS_Store")


def _check(member: zipfile.ZipInfo) -> None:
    if _OUTSIDE.search(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
        raise Refused("ZIP_PATH", member=member.filename)
    if member.flag_bits & _ENCRYPTED:
        raise Refused("FILE_ENCRYPTED", found=member.filename)
    ratio = member.file_size // max(member.compress_size, 1)
    if ratio > MAX_RATIO:
        raise Refused("ZIP_RATIO", found=f"{ratio} : 1", expected=f"≤ {MAX_RATIO} : 1", member=member.filename)
