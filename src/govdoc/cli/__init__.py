"""The command line: options in, one library call, result out."""

from __future__ import annotations

import os
import sys
import traceback
from types import TracebackType

from govdoc.errors import GovdocError

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit with the status of docs/contract.md."""
    sys.excepthook = report_own_error
    import click

    from govdoc.cli.app import app
    from govdoc.cli.talk import say_error

    try:
        status = app.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except GovdocError as error:
        say_error(error)
        status = error.exit_status
    except (KeyboardInterrupt, click.Abort):
        click.echo("govdoc: interrupted", err=True)
        status = INTERRUPTED
    except BrokenPipeError:
        # The reader has what it wanted; what is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)


def report_own_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show an error of govdoc's own in one line (a traceback with ``-v``) and exit 70."""
    if "-v" in sys.argv or "--verbose" in sys.argv:
        traceback.print_exception(kind, error, trace)
    text = " ".join(str(error).split())
    sys.stderr.write(
        f"govdoc: {kind.__name__}: {text}; this is an error of govdoc's own: run again with -v and report\n"
    )
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(GovdocError.exit_status)
