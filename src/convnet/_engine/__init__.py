"""How the public calls are made fast: blocks, windows, matrix products. Read `convnet.plain` first.

Nothing in here is public. `convnet.functional` checks the arguments and states the contract; the work is
done here.
"""
