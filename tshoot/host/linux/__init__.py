"""What a Linux computer says of itself, by rtnetlink and the files below /etc and /proc.

Netlink answers for the network namespace the program runs in; /sys may show another one.
"""
