"""The desk: pages for the province and its districts, behind a sign-in without passwords."""
