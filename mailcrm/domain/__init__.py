"""Pure values and rules of the trade: no database, no network, no screen, no wall clock."""
