"""Work done later, and what people are told: an outbox in the same database."""
