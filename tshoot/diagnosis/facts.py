"""Facts of a session that the data of a probe tell, beside its outcome. Pure, and quick to load."""

from __future__ import annotations

from tshoot.diagnosis.reading import Results, data_of, items_at, number_at, text_at
from tshoot.text import display_text

FACTS = frozenset({"gateway_model"})
"""The named values that steps and instructions are chosen by, as by an answer; no fix changes them."""

_LONGEST_FACT = 60


def gateway_model(results: Results) -> str:
    """What a T-Mobile gateway calls itself; empty where it was not asked or did not say."""
    return display_text(text_at(data_of(results, "gateway_radio"), "model"), _LONGEST_FACT)


def radio_bars(results: Results) -> str:
    """How well a T-Mobile gateway hears its tower, in its own bars: of the best connection."""
    carriers = items_at(data_of(results, "gateway_radio"), "carriers")
    bars = [bars for item in carriers if (bars := number_at(item, "bars")) is not None]
    return f"{max(bars):.0f} of 5 bars" if bars else ""


def facts_told(results: Results) -> dict[str, str]:
    """Every fact of :data:`FACTS` that these results tell."""
    model = gateway_model(results)
    return {"gateway_model": model} if model else {}
