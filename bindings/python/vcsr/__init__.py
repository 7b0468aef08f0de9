# SPDX-License-Identifier: Apache-2.0
"""The contact center as a library.

Flows are `async def` functions that the library's own loop steps: no asyncio, one thread, and in
virtual time (SimLoop) every run is the same. What they await comes from this module. Durations are
seconds or datetime.timedelta. Names are those of the C++ headers, which say what each thing does.
"""

import atexit as _atexit

from . import _vcsr
from ._vcsr import *  # noqa: F401,F403
from ._vcsr import __version__  # noqa: F401


def _await(operation):
    return (yield operation)


_vcsr.Operation.__await__ = _await
_atexit.register(_vcsr._close_centers)
