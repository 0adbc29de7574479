"""What other people's programs read: JSON by /api/v1, described by an OpenAPI document."""
