"""Exchange: what leaves kdquiz or comes in. Reports as plain text today; other formats each in a module of its own."""
