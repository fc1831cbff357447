"""``python -m tools.publish DEST``."""

from .cli import main

raise SystemExit(main())
