"""From stored answers to numbers, and from numbers to paper.

Code in this package may import ``surveys`` and never ``engage``. It is the only package that knows pandas, scipy and
WeasyPrint, and nothing that a respondent's phone reaches may import it. Every figure that leaves it has passed
``reports.disclosure``: renderers accept only disclosed results.
"""

import os

# Its arrays are small: sums over them take no less time on several cores, and many times as much where other work holds
# these. numpy reads this when it is first imported, so it stands here and not beside any of the sums.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
