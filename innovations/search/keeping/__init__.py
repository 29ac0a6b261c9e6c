"""The index follows the database: jobs in the transaction of a change, one writer, rebuilding beside it, comparing."""
