"""Parts of screens. Each draws what it is given and tells its screen what was asked for; none knows a session."""
