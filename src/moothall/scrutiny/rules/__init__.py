"""What may be published of small counts, and how the register of shared arrangements is read and narrowed."""
