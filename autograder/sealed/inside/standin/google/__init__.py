"""A place for `google.colab`; what else is called `google` and may be imported is found as ever."""

import pkgutil

__path__ = pkgutil.extend_path(__path__, __name__)
