"""The line dialogue: the same flows for screen readers, pipes and simple terminals.

Nothing is ever drawn twice: no spinner, no cursor movement, no colour; every state is said in words.
"""
