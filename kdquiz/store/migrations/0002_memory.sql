-- Reviews keep the learner's day, the fuzz that was drawn and the recall that was predicted; null in older ones.
ALTER TABLE review ADD COLUMN day INTEGER;
ALTER TABLE review ADD COLUMN fuzz REAL CHECK (fuzz BETWEEN 0 AND 1);
ALTER TABLE review ADD COLUMN recall REAL CHECK (recall BETWEEN 0 AND 1);
CREATE INDEX review_by_day ON review (ifnull(day, reviewed_at / 86400000000));

DROP VIEW live_review; -- its columns were fixed when it was made
CREATE VIEW live_review AS
    SELECT *, ifnull(day, reviewed_at / 86400000000) AS counted_day
    FROM review WHERE number NOT IN (SELECT review FROM voided);

-- Cards are the fold over the log: made anew, in the transaction that brings a database to the newest version.
DROP TABLE card;
CREATE TABLE card (
    id          TEXT PRIMARY KEY,
    state       INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
    step        INTEGER,
    stability   REAL NOT NULL,
    difficulty  REAL NOT NULL,
    due         INTEGER NOT NULL,
    due_day     INTEGER NOT NULL,
    last_review INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    reviews     INTEGER NOT NULL,
    lapses      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX card_by_due_day ON card (due_day, stability, state, due, day); -- all that says what is due, and how late
CREATE INDEX card_by_day ON card (day);

-- What an answer showed, or what was diagnosed in an attempt, in the sentence that the learner read.
CREATE TABLE misconception (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    review   INTEGER REFERENCES review (number),
    attempt  INTEGER REFERENCES attempt (number),
    sentence TEXT NOT NULL,
    CHECK ((review IS NULL) <> (attempt IS NULL))
) STRICT;
CREATE INDEX misconception_by_review ON misconception (review);
CREATE INDEX misconception_by_attempt ON misconception (attempt);

-- What the learner decided about a question or drill.
CREATE TABLE standing (
    card_id   TEXT PRIMARY KEY,
    buried_on INTEGER, -- the learner's day on which it is not asked
    suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    marked    INTEGER NOT NULL CHECK (marked IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Weights fitted to this log; the last row is in use.
CREATE TABLE fit (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    weights     TEXT, -- a JSON list; null: the default ones
    fitted_at   INTEGER NOT NULL,
    reviews     INTEGER NOT NULL,
    loss_before REAL,
    loss_after  REAL
) STRICT;
CREATE TRIGGER misconception_is_not_changed BEFORE UPDATE ON misconception
    BEGIN SELECT RAISE(ABORT, 'misconceptions are only appended to'); END;
CREATE TRIGGER misconception_is_not_deleted BEFORE DELETE ON misconception
    BEGIN SELECT RAISE(ABORT, 'misconceptions are only appended to'); END;
CREATE TRIGGER fit_is_not_changed BEFORE UPDATE ON fit
    BEGIN SELECT RAISE(ABORT, 'fits are only appended to'); END;
CREATE TRIGGER fit_is_not_deleted BEFORE DELETE ON fit
    BEGIN SELECT RAISE(ABORT, 'fits are only appended to'); END;
