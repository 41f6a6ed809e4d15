"""Seeded campaigns: random worlds whose truth is the declared truth of what was done to them."""
