"""``python -m govdoc``: the command line."""

from govdoc.cli import main

if __name__ == "__main__":
    main()
