"""Blocks and expressions to values, as terraform plan would make them."""
