"""Every case for the judge."""

from __future__ import annotations

from tests.diagnosis.cases_doubles import DOUBLES
from tests.diagnosis.cases_faults import CAUSES
from tests.diagnosis.cases_traps import NOTES, TRAPS

EVERY = (*CAUSES, *NOTES, *TRAPS, *DOUBLES)
