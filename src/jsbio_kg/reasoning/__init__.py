"""The reasoning room."""
