"""The hostile submissions, a module a class; each module has `ROWS`. A class is added by adding a file."""
