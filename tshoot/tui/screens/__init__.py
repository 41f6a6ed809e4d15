"""Screens over the wizard."""
