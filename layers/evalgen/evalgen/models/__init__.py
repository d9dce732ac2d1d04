"""Models behind one port: Bedrock, and any server that speaks OpenAI's chat completions."""
