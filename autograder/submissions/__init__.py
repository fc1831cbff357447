"""What students handed in: found, unpacked, read."""
