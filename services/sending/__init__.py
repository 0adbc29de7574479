"""The outbox and what empties it: guards, batches, rates, outcomes."""
