"""Keeps the C library from handing the memory of every large tensor back to the system."""

import ctypes
import sys

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3
_LARGEST = 1 << 30
_PAD = 1 << 28


def keep_large_buffers() -> None:
    """Tells glibc's allocator to reuse large blocks. A training step on a CPU allocates the same buffers again and again; as
    fresh pages of the system they made augmentation twice as slow. Does nothing where there is no glibc."""
    if not sys.platform.startswith("linux"):
        return
    try:
        set_option = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    for option, value in ((_MMAP_THRESHOLD, _LARGEST), (_TRIM_THRESHOLD, 2**31 - 1), (_TOP_PAD, _PAD)):
        set_option(option, value)
