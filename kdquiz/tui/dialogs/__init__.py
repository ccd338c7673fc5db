"""What lies over a screen until it is answered. Each dialog is dismissed with a typed result and knows no caller."""
