"""The flow language: model, loader with file:line:col, linter, graph. Pure: measures nothing.

What probes and causes exist is handed in; this package imports neither.
"""
