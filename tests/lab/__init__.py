"""A simulated home network with real faults, for trying and scoring the program.

One *world* is one private process tree with network namespaces of its own: client, home gateway,
carrier and the internet's hosts. Nothing leaves it. See docs/lab.md.
"""
