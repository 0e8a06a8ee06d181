"""What may go wrong inside calamine, as refusals. It reads nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import python_calamine

from pipelines.readers import Refused


@contextmanager
def refusals(kind: str) -> Iterator[None]:
    """Turns calamine's errors into Refused FILE_ENCRYPTED or FILE_CORRUPT; `kind` names the format in the message.

    On some damaged files its Rust code panics: that reaches Python as a PanicException, which is no Exception.
    """
    try:
        yield
    except python_calamine.PasswordError as error:
        raise Refused("FILE_ENCRYPTED", found=kind) from error
    except (python_calamine.CalamineError, OSError) as error:
        raise Refused("FILE_CORRUPT", found=f"{kind}: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Refused("FILE_CORRUPT", found=f"{kind}: {error}") from error
