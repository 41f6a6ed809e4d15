"""Is an address official, or does it only look like it? Pure: what is judged is never opened or sent."""
