"""The command `evalgen`: an agent's files become scenarios, in this process or on a deployed stack."""
