"""The compiled library: content files parsed once, kept in one SQLite file, looked up without reading the rest.

It holds nothing that the content files do not say: it may be thrown away at any time, and is, when its format changes
or its file is damaged. A file is parsed again when its content changed, and then alone. The SQL of the library stands
here, the learner's in `store`.

    stamps    whether a file may have changed
    tables    the tables, and writing one file's content into them
    refresh   bring the tables up to date with the folders
    opening   the file of the cache: whose it is, and what happens when it cannot be used
"""
