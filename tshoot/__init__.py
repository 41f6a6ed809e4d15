"""tshoot: measures the network live, names the real cause, and guides a person to the fix."""

__version__ = "0.1.0"
