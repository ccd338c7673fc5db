-- Times are whole microseconds since 1970-01-01 UTC. Ids are those of questions and drills.

PRAGMA application_id = 0x6b647131; -- "kdq1": the database is ours

CREATE TABLE review (
    number      INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which reviews were recorded, whatever the clock said
    card_id     TEXT NOT NULL,
    rating      INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
    reviewed_at INTEGER NOT NULL,
    seconds     REAL NOT NULL,
    response    TEXT NOT NULL,
    share       REAL
) STRICT;
CREATE INDEX review_by_card ON review (card_id);

CREATE TABLE voided (
    review      INTEGER PRIMARY KEY REFERENCES review (number),
    replaced_by INTEGER REFERENCES review (number) -- null where the review was undone
) STRICT;

CREATE VIEW live_review AS
    SELECT * FROM review WHERE number NOT IN (SELECT review FROM voided);

CREATE TABLE card (
    id          TEXT PRIMARY KEY,
    state       INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
    step        INTEGER,
    stability   REAL NOT NULL,
    difficulty  REAL NOT NULL,
    due         INTEGER NOT NULL,
    last_review INTEGER NOT NULL,
    reviews     INTEGER NOT NULL,
    lapses      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE made_due (
    number       INTEGER PRIMARY KEY,
    card_id      TEXT NOT NULL,
    asked_at     INTEGER NOT NULL,
    because      TEXT NOT NULL,
    after_review INTEGER NOT NULL -- the last review there was then; a later one of this card answers the request
) STRICT;

CREATE TABLE attempt (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    drill_id     TEXT NOT NULL,
    source       TEXT NOT NULL,
    verdict      TEXT NOT NULL,
    report       TEXT NOT NULL,
    hints_used   INTEGER NOT NULL,
    seconds      REAL NOT NULL,
    submitted_at INTEGER NOT NULL,
    counts       INTEGER NOT NULL CHECK (counts IN (0, 1)) -- 0: a fault of ours, never held against the learner
) STRICT;
CREATE INDEX attempt_by_drill ON attempt (drill_id);

CREATE TABLE draft (
    drill_id TEXT PRIMARY KEY,
    source   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER review_is_not_changed BEFORE UPDATE ON review
    BEGIN SELECT RAISE(ABORT, 'the review log is only appended to'); END;
CREATE TRIGGER review_is_not_deleted BEFORE DELETE ON review
    BEGIN SELECT RAISE(ABORT, 'the review log is only appended to'); END;
CREATE TRIGGER voided_is_not_changed BEFORE UPDATE ON voided
    BEGIN SELECT RAISE(ABORT, 'the review log is only appended to'); END;
CREATE TRIGGER voided_is_not_deleted BEFORE DELETE ON voided
    BEGIN SELECT RAISE(ABORT, 'the review log is only appended to'); END;
CREATE TRIGGER attempt_is_not_changed BEFORE UPDATE ON attempt
    BEGIN SELECT RAISE(ABORT, 'attempts are only appended to'); END;
CREATE TRIGGER attempt_is_not_deleted BEFORE DELETE ON attempt
    BEGIN SELECT RAISE(ABORT, 'attempts are only appended to'); END;
