"""Walks through the wizard in a real terminal (tmux) in simulated networks, by keys alone, to the end."""
