"""Whether this Python's regular expressions can be trusted with possessive quantifiers, by which the quick looks are quick.

Before 3.11.7, and in 3.12.0, they may give another answer than they should (python/cpython#106052, #101955). There the
quick looks say that they are not sure, and the slow ways answer.
"""

from __future__ import annotations

import sys

IS_SOUND = sys.version_info >= (3, 11, 7) and sys.version_info[:3] != (3, 12, 0)
