"""What a Windows computer says of itself, by one PowerShell call that answers in JSON, and the registry.

The cmdlets' property names and numbers are the same in every language of Windows, unlike the output of
ipconfig and netsh. The parsers were tested from recorded-style text written after the documented
formats, not on a running Windows.
"""
