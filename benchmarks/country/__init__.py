"""The desk over a whole country: every district of Thailand and 12.5 million households in one PostgreSQL database."""
