"""The OData feed of reports."""
