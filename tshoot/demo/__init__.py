"""Recorded cases: every ending, to see or to practise, with no packet sent. docs/demo.md"""
