"""Nothing that was answered is lost: the real app in real terminals, killed, run twice at once, on a full disk."""
