"""Does the internet answer by address over IPv6?"""

from __future__ import annotations

from tshoot.probes.context import ProbeContext
from tshoot.probes.internet_family import family_spec, measure
from tshoot.probes.model import Reading

SPEC = family_spec(6)


async def run(context: ProbeContext) -> Reading:
    """Measure IPv6; the data is an :class:`~tshoot.probes.internet_family.InternetData`."""
    return await measure(context, 6)
