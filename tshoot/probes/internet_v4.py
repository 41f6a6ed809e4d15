"""Does the internet answer by address over IPv4?"""

from __future__ import annotations

from tshoot.probes.context import ProbeContext
from tshoot.probes.internet_family import family_spec, measure
from tshoot.probes.model import Reading

SPEC = family_spec(4)


async def run(context: ProbeContext) -> Reading:
    """Measure IPv4; the data is an :class:`~tshoot.probes.internet_family.InternetData`."""
    return await measure(context, 4)
