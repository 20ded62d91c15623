"""The tables of data/ for tools: what docs/formats.md says, without its checks (those are `chancery pack`'s)."""


def rows(path):
    """The rows of a table, as dictionaries; missing cells are empty."""
    cols = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#:"):
            cols = line[2:].strip().split("\t")
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            yield dict(zip(cols, cells + [""] * (len(cols) - len(cells))))
