"""What is known of each language: data files, and the small code that applies them."""
