"""The certificate's document for those concerned, and the page on which anybody checks a printed one."""
