"""Which notebooks of a class are alike: evidence for a person to read, never a grade.

The method, file by file:

1. `sources` opens the class, the reference and earlier terms. Notebooks are read, never run.
2. `lexer` and `normal` make a code cell a string of token kinds. All names are one kind and all literals are
   one kind; comments, docstrings, annotations, magics, grouping parentheses and line breaks are gone.
   Renaming, commenting and reformatting change nothing. A cell that Python cannot read gives tokens too.
3. `texts` cuts the cells at top-level functions and classes, so that moving a function or splitting a cell
   changes nothing, and says which question each piece answers. Cells as the release handed them out are left
   out.
4. `fingerprints` picks a few hashes of runs of ``K`` tokens by winnowing (Schleimer, Wilkerson, Aiken, 2003).
   No common run below ``K`` tokens counts; every common run of ``K + WINDOW - 1`` tokens has a
   fingerprint in common. Runs that stand in the released notebook are subtracted.
5. `frequencies` weighs a fingerprint by how improbable it is to meet it: ``log2((n + PRIOR) / df)`` bits,
   where ``df`` of ``n`` notebooks have it. What more than a share ``COMMON`` has is common knowledge and
   weighs nothing.
6. `index` finds candidates through an inverted index: a fingerprint pairs a notebook with the next ``REACH``
   that have it. Time and memory grow with the number of notebooks, not with the number of pairs.
7. `alignment` tiles a candidate pair with its common runs, longest first (greedy string tiling, Wise 1993).
8. `scoring` adds up the bits inside the tiles, question by question. `comparison` ranks and groups, `page`
   shows.

The limits: prose is not compared; an answer of a few lines weighs too little to count; code rewritten
statement by statement is not found; what more than a third of a class copied counts as common knowledge. Two
honest notebooks can be alike.
"""
