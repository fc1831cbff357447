"""A cell that prints 200 MB."""

# question: last
line = "x" * 999
for _ in range(200_000):
    print(line)
