#!/usr/bin/env python3
"""Changes each comparison of modules/criteria in turn and asks whether a test notices.

    python3 tests/mutation/run.py [--jobs N] [--build FOLDER] [--only TEXT]

A mutant is one operator or word changed in one place: < and <=, > and >=, == and !=, && and ||, min and max, any and
all, the nadir (or the smallest sum) and the baseline. Only the changed file (for a header: the sources that include
it) is compiled, into a shared library that the tests, built once, are run with. The working tree is never touched.
A mutant is killed by a test that fails, by a static_assert, or by a run that does not end; one that does not compile
for another reason is no mutant. Survivors are printed with their line. Those that change nothing are explained in
equivalent.txt beside this file; exit 0 only when there is no other.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CRITERIA = ROOT / "modules" / "criteria"
MODULES = ["core", "criteria", "documents", "cohort"]
FLAGS = ["-std=c++20", "-fPIC", "-w", "-D_GLIBCXX_ASSERTIONS", "-DDOWNSTAGE_RANDOM_PATIENTS=300"]
INCLUDES = [f"-I{ROOT}/modules/{m}/include" for m in MODULES] + [
    f"-I{CRITERIA}/src", f"-I{ROOT}/tests/support/include", f"-I{ROOT}/apps/downstage",
    f'-DDOWNSTAGE_VECTORS="{ROOT}/testdata/vectors"']
SECONDS = 20  # of processor time; the tests take three, and a loop that does not end is a mutant killed

CHANGES = [
    (r" < ", " <= "), (r" <= ", " < "), (r" > ", " >= "), (r" >= ", " > "),
    (r" == ", " != "), (r" != ", " == "), (r" && ", " || "), (r" \|\| ", " && "),
    (r"std::min\(", "std::max("), (r"std::max\(", "std::min("),
    (r"min_element\(", "max_element("), (r"max_element\(", "min_element("),
    (r"any_of\(", "all_of("), (r"all_of\(", "any_of("), (r"none_of\(", "all_of("),
    (r"(?<=[.>])nadir\b(?! =)", "baseline"), (r"(?<=[.>])smallest\b(?!_)(?! =)", "baseline"),
    (r"(?<=[.>])smallest_ml\b(?! =)", "baseline_ml"),
]


def without_text(line):
    """The line with comments and texts blanked, so that what is left is code in its place."""
    line = re.sub(r'"(?:[^"\\]|\\.)*"', lambda m: '"' + "_" * (len(m.group()) - 2) + '"', line)
    return re.sub(r"//.*", lambda m: " " * len(m.group()), line)


def mutants_of(file):
    lines = file.read_text().split("\n")
    inside_assert = False
    for number, line in enumerate(lines):
        code = without_text(line)
        if "namespace border_cases" in code:
            inside_assert = not code.startswith("}")
        # Operators that are declared, preprocessor lines and compile-time tests decide nothing at run time.
        if inside_assert or "operator" in code or code.startswith("#") or "static_assert" in code:
            continue
        if line.lstrip().startswith(("///", "//")):
            continue
        for pattern, change in CHANGES:
            for found in re.finditer(pattern, code):
                changed = line[: found.start()] + change + line[found.end():]
                yield {"file": file, "line": number, "was": found.group().strip(), "now": change.strip(),
                       "code": line.strip(), "text": "\n".join([*lines[:number], changed, *lines[number + 1:]])}


def run(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


STANDARD = ["algorithm", "array", "cmath", "cstdint", "filesystem", "functional", "map", "numbers", "optional", "random",
            "ranges", "set", "span", "sstream", "string", "string_view", "utility", "variant", "vector"]


def precompile(build):
    """The standard library once for all: most of the time that a small file takes."""
    header = build / "standard.hpp"
    if not (build / "standard.hpp.gch").exists():
        header.write_text("".join(f"#include <{name}>\n" for name in STANDARD))
        run(["g++", "-O0", *FLAGS, *INCLUDES, "-x", "c++-header", str(header), "-o", str(header) + ".gch"])
    return header


def compile_one(source, target, standard, first_include=None):
    first = [f"-I{first_include}"] if first_include else []
    return run(["g++", "-O0", *FLAGS, *first, *INCLUDES, "-include", str(standard), "-MMD", "-c", str(source),
                "-o", str(target)])


def is_current(target):
    """Newer than everything that it was compiled from, by the compiler's own list."""
    listed = target.with_suffix(".d")
    if not target.exists() or not listed.exists():
        return False
    sources = listed.read_text().replace("\\\n", " ").split(":", 1)[1].split()
    built = target.stat().st_mtime
    return all(os.path.exists(s) and os.stat(s).st_mtime <= built for s in sources)


def build_all(jobs, pairs, standard):
    todo = [(s, t) for s, t in pairs if not is_current(t)]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for (source, _), done in zip(todo, pool.map(lambda p: compile_one(*p, standard), todo)):
            if done.returncode != 0:
                sys.exit(f"{source} does not compile:\n{done.stdout[-3000:]}")


def object_of(build, source):
    return build / (str(source.relative_to(ROOT)).replace("/", "_") + ".o")


def link_library(objects, target):
    return run(["g++", "-shared", "-Wl,-Bsymbolic,-soname,libcriteria.so", "-o", str(target), *map(str, objects)])


def prepare(build, jobs):
    """Builds everything unchanged; returns the objects of criteria and the test program."""
    standard = precompile(build)
    sources = sorted(CRITERIA.glob("src/*.cpp"))
    rest = [s for p in ["modules/core/src/*.cpp", "modules/cohort/src/*.cpp", "modules/documents/src/vectors*.cpp",
                        "apps/downstage/run_verify*.cpp"] for s in sorted(ROOT.glob(p))]
    tests = sorted((ROOT / "tests/unit/criteria").glob("*_test.cpp")) + [ROOT / "tests/vectors/vectors_test.cpp"]
    build_all(jobs, [(s, object_of(build, s)) for s in sources + rest + tests], standard)
    library = build / "libcriteria.so"
    core = [object_of(build, s) for s in rest if "modules/core" in str(s)]
    objects = {s: object_of(build, s) for s in sources}
    link_library([*objects.values(), *core], library)
    program = build / "tests"
    linked = run(["g++", "-o", str(program), *[str(object_of(build, s)) for s in tests + rest], str(library),
                  "-lgmock", "-lgtest", "-lgtest_main", "-lpthread"])
    if linked.returncode != 0:
        sys.exit(linked.stdout[-3000:])
    return objects, core, program, standard


TESTS = "*"


def passes(program, library_folder):
    environment = {**os.environ, "LD_LIBRARY_PATH": str(library_folder), "GTEST_FAIL_FAST": "1", "GTEST_BRIEF": "1"}
    done = run(["sh", "-c", f'ulimit -t {SECONDS}; exec "$0" "$1"', str(program), f"--gtest_filter={TESTS}"],
               env=environment)
    failed = re.search(r"\[  FAILED  \] (\S+)", done.stdout)
    return done.returncode == 0, failed.group(1).rstrip(",") if failed else f"stops with {done.returncode}"


def includers(header):
    """The sources of criteria that see the header, directly or not."""
    name = header.name
    seen, todo = set(), [name]
    files = [*CRITERIA.glob("src/*"), *CRITERIA.glob("include/downstage/criteria/*")]
    while todo:
        wanted = todo.pop()
        for file in files:
            if file not in seen and re.search(rf'#include "(?:\S*/)?{re.escape(wanted)}"', file.read_text()):
                seen.add(file)
                todo.append(file.name)
    return [f for f in seen if f.suffix == ".cpp"]


def judge(mutant, objects, core, program, standard):
    file = mutant["file"]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        overlay = folder / ("downstage/criteria" if "include" in file.parts else ".") / file.name
        overlay.parent.mkdir(parents=True, exist_ok=True)
        overlay.write_text(mutant["text"])
        changed = dict(objects)
        for source in [file] if file.suffix == ".cpp" else includers(file):
            path = overlay if source == file else folder / source.name
            if source != file:
                path.write_text(source.read_text())
            changed[source] = folder / (source.name + ".o")
            built = compile_one(path, changed[source], standard, folder)
            if built.returncode != 0:
                asserted = "static assertion failed" in built.stdout
                return ("killed", "a static_assert") if asserted else ("invalid", "")
        link_library([*changed.values(), *core], folder / "libcriteria.so")
        survived, why = passes(program, folder)
        return ("survived", "") if survived else ("killed", why)


def key(mutant):
    return f'{mutant["file"].name}\t{mutant["was"]} -> {mutant["now"]}\t{mutant["code"]}'


def explained():
    path = pathlib.Path(__file__).with_name("equivalent.txt")
    lines = path.read_text().split("\n") if path.exists() else []
    return {line.rsplit("\t", 1)[0] for line in lines if line and not line.startswith("#")}


def print_table(results):
    print(f'{"file":34} {"mutants":>8} {"killed":>7} {"survived":>9}')
    total = [0, 0, 0]
    for name in sorted({m["file"].name for m, _ in results}):
        states = [r for m, (r, _) in results if m["file"].name == name and r != "invalid"]
        row = [len(states), states.count("killed"), states.count("survived")]
        total = [a + b for a, b in zip(total, row)]
        print(f"{name:34} {row[0]:8} {row[1]:7} {row[2]:9}")
    print(f'{"all":34} {total[0]:8} {total[1]:7} {total[2]:9}')


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "mutation")
    options.add_argument("--only", default="", help="mutate only files whose name holds this")
    options.add_argument("--verbose", action="store_true", help="say of every mutant what killed it")
    options.add_argument("--tests", default="*", help="run only these, in gtest's words")
    options = options.parse_args()
    global TESTS
    TESTS = options.tests
    options.build.mkdir(parents=True, exist_ok=True)

    objects, core, program, standard = prepare(options.build, options.jobs)
    held, why = passes(program, options.build)
    if not held:
        sys.exit(f"the tests do not pass unchanged: {why}")
    files = [*sorted(CRITERIA.glob("include/downstage/criteria/*.hpp")), *sorted(CRITERIA.glob("src/*.?pp"))]
    mutants = [m for f in files if re.search(options.only, f.name) for m in mutants_of(f)]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        judged = pool.map(lambda m: judge(m, objects, core, program, standard), mutants)
        results = []
        for mutant, verdict in zip(mutants, judged):
            results.append((mutant, verdict))
            if options.verbose or verdict[0] == "survived":
                print(verdict[0], verdict[1], mutant["line"] + 1, key(mutant).replace("\t", " | "), flush=True)

    print_table(results)
    known = explained()
    unexplained = [m for m, (r, _) in results if r == "survived" and key(m) not in known]
    print(f"{len(unexplained)} survivors without an explanation")
    sys.exit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
