"""The commands, one file each: a module `<name>.py` that defines `command`."""
