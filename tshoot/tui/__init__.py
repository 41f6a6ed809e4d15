"""The wizard: Textual screens and widgets over the guide. Decides nothing."""

import os

# How long Textual waits after an escape for the rest of a longer key, in milliseconds; its own 100 are twice
# what a key may take to be painted. Terminals send such a key in one piece, so that this is ample.
os.environ.setdefault("ESCDELAY", "25")
