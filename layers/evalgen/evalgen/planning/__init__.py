"""Plan: which tests are worth running for this agent, one plan per slot."""
