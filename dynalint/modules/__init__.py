"""Stand-ins for modules of the public registry: what dynalint knows of them without a download.

Data, and no code: one directory for each module, named by its registry address. What belongs into one is said in
docs/registry-modules.md.
"""
