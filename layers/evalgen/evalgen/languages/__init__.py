"""Languages as data: a lexicon to read prompts with and phrases to write scenarios with."""
