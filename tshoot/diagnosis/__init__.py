"""Judging: evidence → findings → headline. Pure: no clock, no I/O, no asyncio, no probe code."""
