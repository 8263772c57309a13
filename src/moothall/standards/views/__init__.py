"""Pages of standards: the keys of other systems, and how to connect one."""
