"""This module builds a site: it looks at what goes in and at what stands, and decides.

It is quick when nothing changed: nothing is parsed, and what makes pages is not even imported.
Equal posts, templates and settings give equal bytes, whatever was built before.
"""

from pathlib import Path

from digestgen.site.output import finish, listed_files, sizes_on_disk, state_file
from digestgen.site.program import program_mark
from digestgen.site.shop import Built, Shop
from digestgen.site.state import read_state
from digestgen.site.stock import take_stock


def build(shop: Shop, folder: Path) -> Built:
    """Make ``folder`` hold the site; only for who holds the folder's lock.

    Raises:
        ContentError: a post cannot be read.
        ConfigError: a template cannot be used.
        OutputError: it cannot be written, or a file of somebody else stands in the way.
    """
    finish(folder)
    state = read_state(state_file(folder))
    program = program_mark()
    known = state.digests if state.program == program else {}
    stock = take_stock(shop, known=known, program=program)
    files = state.files()
    there = sizes_on_disk(folder, files)
    if stock.everything == state.everything and there == files:
        posts = len(stock.digests) - len(state.left_out)
        return Built(posts=posts, changed=0, left_out=state.left_out)

    from digestgen.site.making import Making  # its imports take longer than all of the above

    ours = frozenset(files or listed_files(folder))
    return Making(shop, folder, stock, state=state, ours=ours, there=there).run(program)
