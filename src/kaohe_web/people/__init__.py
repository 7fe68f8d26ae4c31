"""People: accounts, posts, rights, contacts; and the bodies they belong to."""
