"""Contract: requests and answers of the HTTP interface, validated once, at the edge."""
