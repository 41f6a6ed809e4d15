"""The wizard and the desk in a browser: who may come in, one process for each tab, a clean end.

Built around textual-serve (the optional extra ``serve``), which joins a browser and a Textual program.
"""
