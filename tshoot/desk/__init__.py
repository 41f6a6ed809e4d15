"""The support desk without its screens: calls, tickets, and how a ticket leaves the house."""
