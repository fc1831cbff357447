"""A cell that never ends."""

# question: last
while True:
    pass
