"""The catalogues a support team edits: fixed addresses (anchors) and services.

The files are ``flows/catalog/*.yaml``; each module here reads one of them into plain dataclasses and
reports every problem with file, line and column.
"""
