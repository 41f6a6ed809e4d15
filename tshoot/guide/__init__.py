"""Guiding: walks a flow as a state machine without I/O; the driver around it measures and asks."""
