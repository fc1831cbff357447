"""A place for `google.colab`; other packages below `google` that may be imported are still found."""

import pkgutil

__path__ = pkgutil.extend_path(__path__, __name__)
