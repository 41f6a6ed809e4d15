"""What a Mac says of itself, by the system's own tools (ifconfig, netstat, scutil, arp, ndp).

The parsers were tested from recorded-style text written after the tools' documented formats, not on a
running macOS.
"""
