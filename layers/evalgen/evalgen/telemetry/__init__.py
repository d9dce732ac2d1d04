"""What the functions tell of themselves: metrics and events; logs are Powertools' own."""
