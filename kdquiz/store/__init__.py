"""The store: the only SQL of the project. One class, `Store`, over a SQLite file, and its numbered migrations.

Imports `memory`, `library` and `errors`. Domain values go in and come out, never rows. What is kept, and how safely:

- The review log is only appended to; an undone or replaced review is voided by a row of its own.
- A card is the fold of the schedule over the log that is not voided; both are written in one transaction.
- Every commit reaches the disk (WAL with a full sync) before the method returns.
- Several processes may use one database; each waits for the other's transaction.
- A copy of every day is kept (`backup`), and a damaged database is set aside and made anew (`opening`, `recovery`).
"""
