"""The wizard: Textual screens and widgets over the guide. Decides nothing."""
