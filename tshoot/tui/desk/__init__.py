"""The support desk's screens: the table of calls, a call, and small windows over them. Decides nothing."""
