"""What may be opened inside a zip, and how much of it. Knows no format of the files inside."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib

from pipelines.readers import Refused

MAX_RATIO = 200
MAX_MEMBER_BYTES = 2 << 30
MAX_MEMBERS = 10_000
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")


def opened(data: zipfile.ZipFile | object) -> zipfile.ZipFile:
    """The zip in the file object `data`, every member checked against the limits before any is unpacked.

    Raises Refused: FILE_PARTIAL (no end), FILE_CORRUPT, FILE_ENCRYPTED, ZIP_RATIO, ZIP_PATH, FILE_TOO_LARGE.
    """
    try:
        archive = zipfile.ZipFile(data)  # type: ignore[arg-type]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused("FILE_PARTIAL", found=f"zip: {error}") from error
    if len(archive.infolist()) > MAX_MEMBERS:
        raise Refused("FILE_TOO_LARGE", found=f"{len(archive.infolist())} members", expected=f"≤ {MAX_MEMBERS}")
    for member in archive.infolist():
        _check(member)
    return archive


def content(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one member, cut off where the central directory lied about its size."""
    member = archive.getinfo(name)
    limit = min(MAX_MEMBER_BYTES, max(member.compress_size, 1) * MAX_RATIO)
    pieces, size = [], 0
    try:
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > limit:
                    raise _too_dense(member, size)
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Refused("FILE_CORRUPT", found=f"{name}: {error}") from error
    return b"".join(pieces)


def single_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one file in `archive`; raises Refused ZIP_MEMBERS when there are several or none."""
    files = [member for member in archive.infolist() if not member.is_dir()]
    if len(files) != 1:
        raise Refused("ZIP_MEMBERS", found=len(files), expected=1)
    return files[0]


def _check(member: zipfile.ZipInfo) -> None:
    if _OUTSIDE.search(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
        raise Refused("ZIP_PATH", member=member.filename)
    if member.flag_bits & _ENCRYPTED:
        raise Refused("FILE_ENCRYPTED", found=member.filename)
    if member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise _too_dense(member, member.file_size)
    if member.file_size > MAX_MEMBER_BYTES:
        raise Refused("FILE_TOO_LARGE", found=f"{member.file_size} B", expected=f"≤ {MAX_MEMBER_BYTES} B")


def _too_dense(member: zipfile.ZipInfo, size: int) -> Refused:
    ratio = size // max(member.compress_size, 1)
    return Refused("ZIP_RATIO", found=f"{ratio} : 1", expected=f"≤ {MAX_RATIO} : 1", member=member.filename)
