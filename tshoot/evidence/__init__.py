"""The evidence of a check, to hand on: as a file, and as a code that is read out on the phone.

Either way the analysis is run again from it and gives the same headline (docs/evidence.md).
"""
