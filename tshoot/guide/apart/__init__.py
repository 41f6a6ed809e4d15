"""Measuring apart from the screen: in a process of its own, so that no key ever waits for a probe."""
