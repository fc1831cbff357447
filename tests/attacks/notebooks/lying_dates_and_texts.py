"""family: lying
tries: values of odd plain types in the place of numbers: texts, bytes, bools, dtypes, slices, ranges
honest: all but double, size, accuracy, predict
"""

# %%
import datetime
import decimal
import fractions

ODD = [True, "6", b"6", 6j, np.dtype("f8"), slice(6), range(6), ..., decimal.Decimal(7), fractions.Fraction(7, 2),
       datetime.date.today(), np.str_("6"), np.array("6"), np.array(["6"] * 3), np.float16(7), 2**4000, {6}, frozenset([6])]


def double(x):
    ODD.append(ODD.pop(0))
    return ODD[0]


output_size = lambda n, k: double(n)
accuracy = lambda guess, labels: "1.0"
predict = lambda x: "".join("1" for _ in x)
