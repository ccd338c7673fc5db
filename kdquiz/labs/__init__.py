"""Labs: small experiments that make dark knowledge visible, one module each, run in a process of their own.

The room is laid and its doors are: an experiment may import torch, its client may not, and nothing here imports a
session, a store or a screen.
"""
