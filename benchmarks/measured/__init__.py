"""What was measured on November 22, 2026, beside what is measured now: `python -m benchmarks.measured`."""
