"""Write: a plan becomes the words of a scenario."""
