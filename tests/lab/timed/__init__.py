"""Worlds that change while the program watches: scenarios with a timeline, and how they run."""
