"""The screens: each holds one session, calls one method of it a key press and draws its view."""
