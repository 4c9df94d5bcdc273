"""Taking the network away from a process, where the system grants it: a second line behind the guard."""

from __future__ import annotations

import os
from functools import lru_cache

__all__ = ["can_cut_network", "cut_network"]

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
"""Linux' CLONE_NEWUSER and CLONE_NEWNET."""


def cut_network() -> bool:
    """Move this process, which must have one thread, where there is no network; False when that is refused.

    A user without rights may do it in a user namespace of its own, unless the system forbids those.
    """
    import ctypes

    try:
        unshare = ctypes.CDLL(None).unshare
    except (OSError, AttributeError):  # not Linux
        return False
    # first without a namespace of users: root would lose rights to files in it
    return any(unshare(flags) == 0 for flags in (_NEW_NET, _NEW_USER | _NEW_NET))


@lru_cache(maxsize=1)
def can_cut_network() -> bool:
    """Would `cut_network` succeed here? A child tries it."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = 0 if cut_network() else 1
        finally:
            os._exit(code)
    return os.waitpid(pid, 0)[1] == 0
