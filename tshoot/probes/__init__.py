"""Measuring: one module per probe, each with its parameters, its closed outcomes and ``run``.

``docs/probes.md`` tells how to add one. This package file imports nothing, so that naming a probe
never loads one.
"""
