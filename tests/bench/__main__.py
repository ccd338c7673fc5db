"""`python -m tests.bench [NAME...] [--quick] [--json]`: run benchmarks and print their tables.

The tables go to standard output, as Markdown or as one JSON object a line; the progress goes to standard error.
"""

import argparse
import json
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO, cast

from tests import bench
from tests.bench.measure import Benchmark, circumstances, load


def benchmarks() -> dict[str, Benchmark]:
    """The modules of this package that are benchmarks, by name."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__)]
    modules = {
        name: import_module(f"{bench.__name__}.{name}")
        for name in sorted(names)
        if name != "__main__" and not name.startswith("test_")
    }
    return {name: cast("Benchmark", module) for name, module in modules.items() if hasattr(module, "TITLE")}


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks named, or all of them; returns the exit code."""
    known = benchmarks()
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Run benchmarks and print their tables.",
        epilog="\n".join(["benchmarks:", *(f"  {name:<10} {one.TITLE}" for name, one in known.items())]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which ones (default: all)")
    parser.add_argument("--quick", action="store_true", help="few repetitions: to see it run, not to be quoted")
    parser.add_argument("--json", action="store_true", help="one JSON object a table, a line each")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.names) - set(known))
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; known: {', '.join(known)}")
    for name in options.names or known:
        _run(name, known[name], options.quick, options.json)
    return 0


def _run(name: str, benchmark: Benchmark, quick: bool, as_json: bool) -> None:
    before = load()
    tables = benchmark.run(lambda words: _write(sys.stderr, f"{name}: {words}"), quick)
    where = circumstances(before) + (", quick" if quick else "")
    if not as_json:
        _write(sys.stdout, f"## {benchmark.TITLE} ({where})\n")
    for table in tables:
        data = {"benchmark": name, "circumstances": where, **table.as_data()}
        _write(sys.stdout, json.dumps(data, ensure_ascii=False) if as_json else table.as_markdown())


def _write(stream: TextIO, text: str) -> None:
    print(text, file=stream, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
