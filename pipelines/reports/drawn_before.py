"""What a chart is drawn from, as one text: rows, words, code, drawing library, fonts. It draws nothing and keeps nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# Where the drawing library looks for fonts: the machine's and the user's own. A text is as wide as its font makes it.
FONTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("~/.local/share/fonts"), Path("~/.fonts"))


def made_from(name: str, kind: Any, rows: Any, words: Any) -> str:
    """Everything the drawing of chart `name` depends on: equal texts give equal drawings.

    kind: what describes it, a kind's name or a function of this package. rows: what it is given, as SQL gave it.
    """
    described_by = f"{kind.__module__}.{kind.__qualname__}" if callable(kind) else kind
    return "\n".join((name, described_by, words.language, repr(rows), code(), libraries(), fonts(FONTS)))


@cache
def code() -> str:
    """SHA-256 (hex) over the code that describes charts and the words it puts into them: this package's."""
    digest = hashlib.sha256()
    for file in sorted([*HERE.rglob("*.py"), *HERE.rglob("*.toml")]):
        digest.update(file.relative_to(HERE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


@cache
def libraries() -> str:
    """Which releases describe and draw."""
    return " ".join(f"{library} {version(library)}" for library in ("altair", "vl-convert-python"))


@cache
def fonts(folders: tuple[Path, ...]) -> str:
    """Every font file in `folders`, by path, size and time of change."""
    looks = ((file, file.stat()) for folder in folders for file in sorted(_files(folder.expanduser())))
    return hashlib.sha256(
        "\n".join(f"{file} {look.st_size} {look.st_mtime_ns}" for file, look in looks).encode()
    ).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
