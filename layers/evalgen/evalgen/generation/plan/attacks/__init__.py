"""What red teaming is made of: what is attacked, how, in which disguise, and how the caller comes back."""
