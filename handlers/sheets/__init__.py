"""Printed paper of villages, opened by a link from the chat."""
