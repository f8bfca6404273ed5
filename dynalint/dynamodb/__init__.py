"""Values to the domain: tables, indexes, policies, grants."""
