"""python -m benchmarks [NAME …]: run the measurements one after the other; the status is the worst of them."""

import pkgutil
import subprocess
import sys

import benchmarks

HELPERS = {"__main__", "ratios", "province", "http_load", "databases"}


def main() -> int:
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in HELPERS]
    chosen = sys.argv[1:] or names
    if unknown := [name for name in chosen if name not in names]:
        print(f"没有 / unknown: {', '.join(unknown)}; 可用 / known: {', '.join(names)}")
        return 2
    worst = 0
    for name in chosen:
        print(f"\n== {name}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
