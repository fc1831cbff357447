"""Wrong answers to questions, by assignment, and words of what the public check says to each."""

CONV2D = "def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):\n    return x @ weight"
OUTPUT_SIZE = """def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    return (size + sum(padding) - dilation * (kernel_size - 1) - 1) / stride + 1"""
MAX_POOL2D = "def max_pool2d(x, kernel_size, stride=None, padding=0):\n    return x.astype(int)"
WRONG = {
    "hw3": {
        "q1": (OUTPUT_SIZE, "Return an int: divide with `//`"),
        "q2": (
            "def correlate2d(image, kernels):\n    return np.zeros((2, 3, 3))",
            "17 of 18 values differ, first at",
        ),
        "q3": ("def convolve2d(image, kernel):\n    return image * 1.0", "the right shape is (3, 5)"),
        "q5": (CONV2D, "Your code raised ValueError"),
        "q8": (MAX_POOL2D, "Return floating-point numbers"),
    }
}
