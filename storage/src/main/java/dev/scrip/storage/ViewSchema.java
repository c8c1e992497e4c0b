package dev.scrip.storage;

import java.util.List;

/// The tables of the read models, as they are made anew. A change of theirs needs a new version.
final class ViewSchema {

    private ViewSchema() {}

    static final int VERSION = 6;

    static final List<String> STATEMENTS =
            List.of(
                    "DROP TABLE IF EXISTS progress",
                    "DROP TABLE IF EXISTS account",
                    "DROP TABLE IF EXISTS entry",
                    "DROP TABLE IF EXISTS account_usage",
                    "DROP TABLE IF EXISTS workspace_usage",
                    "DROP TABLE IF EXISTS open_top_up",
                    "DROP TABLE IF EXISTS capture_histogram",
                    "DROP TABLE IF EXISTS open_lease",
                    "DROP TABLE IF EXISTS backfill_charge",
                    "DROP TABLE IF EXISTS later_grant",
                    "DROP TABLE IF EXISTS extended_hold",
                    "DROP TABLE IF EXISTS child",
                    "DROP TABLE IF EXISTS child_setting",
                    "CREATE TABLE progress (seq INTEGER NOT NULL)",
                    "INSERT INTO progress VALUES (0)",
                    """
                    CREATE TABLE account (
                        number   INTEGER PRIMARY KEY,
                        account  TEXT    NOT NULL UNIQUE,
                        last_seq INTEGER NOT NULL
                    )
                    """,
                    // One row a fact; whatever else the fact says is in the journal under its seq.
                    """
                    CREATE TABLE entry (
                        seq       INTEGER PRIMARY KEY,
                        account   INTEGER NOT NULL,
                        previous  INTEGER NOT NULL,
                        at        INTEGER NOT NULL,
                        kind      TEXT    NOT NULL,
                        operation TEXT,
                        balance   INTEGER NOT NULL,
                        child          INTEGER,
                        child_previous INTEGER
                    )
                    """,
                    """
                    CREATE TABLE account_usage (
                        account     TEXT    NOT NULL,
                        hour        INTEGER NOT NULL,
                        operation   TEXT    NOT NULL,
                        calls       INTEGER NOT NULL,
                        credits     INTEGER NOT NULL,
                        list_value  INTEGER NOT NULL,
                        yield_value INTEGER NOT NULL,
                        cost        INTEGER NOT NULL,
                        PRIMARY KEY (account, hour, operation)
                    ) WITHOUT ROWID
                    """,
                    """
                    CREATE TABLE workspace_usage (
                        workspace   TEXT    NOT NULL,
                        hour        INTEGER NOT NULL,
                        operation   TEXT    NOT NULL,
                        calls       INTEGER NOT NULL,
                        credits     INTEGER NOT NULL,
                        list_value  INTEGER NOT NULL,
                        yield_value INTEGER NOT NULL,
                        cost        INTEGER NOT NULL,
                        PRIMARY KEY (workspace, hour, operation)
                    ) WITHOUT ROWID
                    """,
                    OpenTopUps.TABLE,
                    CaptureHistograms.TABLE,
                    CaptureHistograms.LEASE_TABLE,
                    BackfillCharges.TABLE,
                    BackfillCharges.EVENT_INDEX,
                    BackfillCharges.BACKFILL_INDEX,
                    LaterGrants.TABLE,
                    HoldExtensions.TABLE,
                    ChildSettings.CHILD_TABLE,
                    ChildSettings.TABLE,
                    "PRAGMA user_version = " + VERSION);
}
