"""Who may do what: accounts, sign-in, sessions, and the guard that every request passes."""
