#!/usr/bin/env python3
"""Writes requirement lines, versions and specifiers with what `packaging` makes of them.

usage: requirements.py OUTPUT [COUNT [SEED]]

One JSON object a line; the Swift tests read them where MODELPIN_PACKAGING_CASES names the file.
"""
import json
import random
import sys

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

TRAPS = [
    "torch(==2.1.0)", "torch@https://example.org/t.whl", "torch==1.0,==1.0.0", "torch=2.1.0",
    "./x.whl", "-e .", "torch==2.1.0 --hash=sha256:00", "torch ==2.1.0+cu118", "torch===2.1",
    "torch==2.1.*", "torch~=2.1", "torch~=2.1.0", "torch~=2", "torch<2.1", "torch>2.1.0",
    "torch==1.0-1", "torch==v2.1.0", "torch==1!2.0", "torch ( >= 1.0 , < 2 )", "torch>=1.0.*",
    "torch>=1.0+cu1", "torch==1.0,", "torch,==1.0", "torch[]", "torch[a,]", "torch[a b]", "torch[a",
    "torch @ git+https://example.org/r.git@v1 ; python_version<'3'", "torch @ u; os_name=='a'",
    "torch;python_version>'3'", "torch ;", "torch; python_version", "torch; 'a' == 'b'",
    "torch; (os_name=='a' and (os_name=='b' or extra=='c'))", "torch; os_name not  in 'a'",
    "torch; os_name notin 'a'", "torch; os.name=='x'", "torch; bogus=='x'", "", " ", "_torch",
    "torch_", "torch-", "torch.", "t", "1torch", "torch é", "torché", "torch==1.0.post", "torch==1.0a-",
    "torch==1.0.dev-", "torch===", "torch=== ;os_name=='a'", "torch!=1.0.*", "torch==1.0.*.1",
    "torch~=1.0.*", "torch~=1.0+x", "torch<=1.0rc1.post2.dev3", "torch >= 1.0 , != 1.5", "torch 1.0",
    "torch[a] [b]", "torch[a]@x", "torch@", "torch @ ", "torch@ x y", "torch>=1.0 <2",
    "torch; os_name=='a' && os_name=='b'", "torch; os_name=='a'and os_name=='b'",
    "torch; os_name=='a' or(os_name=='b')", "torch; python_version in '3.8 3.9'", "torch=>1.0",
    "torch==1.0 ; os_name=='a' ", "torch==01.0", "torch==1..0", "torch==1.0..dev1", "torch>1.0.",
]


def version(r):
    if r.random() < 0.04:
        return r.choice(["1.0-", "a", "1.0.x", "", "1.0+", "1.0+a..b", "v", "1!", "!1", "1.0é", "1.0--1"])
    s = r.choice(["", "", "", "v", "V"]) + r.choice(["", "", "", "", "1!", "0!"])
    s += ".".join(str(r.choice([0, 0, 1, 2, 10, 20240101, 12345678901234567890123]) if r.random() < 0.3 else r.randint(0, 4)) for _ in range(r.choice([1, 2, 2, 3, 3, 4])))
    sep = lambda: r.choice(["", "", "", ".", "-", "_"])
    if r.random() < 0.3:
        s += sep() + r.choice(["a", "b", "rc", "c", "alpha", "beta", "pre", "preview", "RC", "Alpha"]) + sep() + r.choice(["", "0", "1", "2", "01"])
    if r.random() < 0.25:
        s += r.choice(["-1", "-2"]) if r.random() < 0.3 else sep() + r.choice(["post", "rev", "r", "POST"]) + sep() + r.choice(["", "0", "1", "2"])
    if r.random() < 0.2:
        s += sep() + r.choice(["dev", "DEV"]) + sep() + r.choice(["", "0", "1"])
    if r.random() < 0.2:
        s += "+" + r.choice(["cu118", "cu121", "1", "01", "abc.1", "a-b_c", "ubuntu-1", "CU118", "1.2.3"])
    return s


def specifier(r):
    parts = []
    for _ in range(r.choice([1, 1, 1, 2, 2, 3])):
        v = version(r)
        if r.random() < 0.12:
            v += ".*"
        parts.append(r.choice(["==", "==", ">=", "<=", "<", ">", "~=", "!=", "==="] + (["=", "=>", "^"] if r.random() < 0.05 else [])) + r.choice(["", "", " "]) + v)
    return r.choice([",", ", ", " , "]).join(parts)


def marker(r, depth=0):
    var = lambda: r.choice(["python_version", "sys_platform", "os_name", "platform_machine", "extra", "implementation_name", "python_full_version", "os.name", "platform.version", "foo"] if r.random() < 0.3 else ["python_version", "sys_platform"])
    val = lambda: r.choice(["'3.8'", '"linux"', "'win32'", "''", "'cu'"])
    op = lambda: r.choice(["==", "!=", ">=", "<", "in", "not in", "~=", "===", "=" if r.random() < 0.1 else "<="])
    def item():
        a, b = (var(), val()) if r.random() < 0.8 else (val(), var())
        o = op()
        gap = " " if o in ("in", "not in") or r.random() < 0.5 else ""
        return a + gap + o + gap + b
    out = "(" + marker(r, depth + 1) + ")" if depth < 3 and r.random() < 0.25 else item()
    while r.random() < 0.3:
        out += r.choice([" and ", " or ", "  and  "]) + item()
    return out


def line(r):
    name = r.choice(["torch", "Foo.Bar", "foo__bar", "A", "zope.interface", "x-y_z", "numpy", "3to2"])
    s = r.choice(["", "", "", " "]) + name
    if r.random() < 0.3:
        s += r.choice(["", " "]) + r.choice(["[a]", "[a,b]", "[ a , b ]", "[]", "[a.b-c_d]", "[a,,b]", "[,a]"] if r.random() < 0.5 else ["[cli]", "[a,b]"])
    k = r.random()
    if k < 0.6:
        spec = specifier(r)
        s += r.choice(["", " "]) + (f"({spec})" if r.random() < 0.15 else spec)
    elif k < 0.8:
        s += r.choice([" @ ", "@", " @"]) + r.choice(["https://example.org/a.whl", "git+https://example.org/r.git@v1#egg=r", "file:///x", "git+ssh://git@example.org/r@abc"])
    if r.random() < 0.35:
        s += r.choice([";", "; ", " ; ", " ;"]) + marker(r)
    if r.random() < 0.08 and s:
        i = r.randrange(len(s))
        s = r.choice([s[:i] + s[i + 1:], s[:i] + r.choice(" ;[](),=<>!~@\t'\"#é") + s[i:]])
    return s


def requirement(text):
    try:
        q = Requirement(text)
    except (InvalidRequirement, InvalidSpecifier):
        return {"kind": "requirement", "text": text, "ok": False}
    return {"kind": "requirement", "text": text, "ok": True, "name": canonicalize_name(q.name),
            "extras": sorted(set(q.extras)), "url": q.url, "marker": q.marker is not None,
            "clauses": sorted(c.operator + c.version for c in q.specifier)}


def main():
    out, count, seed = sys.argv[1], int((sys.argv[2:] or ["6000"])[0]), int((sys.argv[3:] or ["1"])[0])
    r = random.Random(seed)
    with open(out, "w", encoding="utf8") as f:
        def put(o):
            f.write(json.dumps(o) + "\n")
        for text in TRAPS:
            put(requirement(text))
        for _ in range(count):
            put(requirement(line(r)))
        known = []
        for _ in range(count // 2):
            text = version(r)
            try:
                known.append(Version(text))
                put({"kind": "version", "text": text, "ok": True, "normal": str(known[-1])})
            except InvalidVersion:
                put({"kind": "version", "text": text, "ok": False})
        for _ in range(count // 2):
            a, b = r.choice(known), r.choice(known)
            if r.random() < 0.3:
                b = Version(a.public if r.random() < 0.5 else a.base_version)
            put({"kind": "order", "left": str(a), "right": str(b), "order": (a > b) - (a < b)})
        for _ in range(count):
            text = specifier(r)
            try:
                s = SpecifierSet(text)
            except InvalidSpecifier:
                continue
            # `~=v2.0` admits nothing at all in packaging 26.2, `~=2.0` does: not a meaning to copy.
            if any(c.operator == "~=" and c.version != str(Version(c.version)) for c in s):
                continue
            v = r.choice(known)
            if r.random() < 0.6:  # near the boundary
                c = r.choice(list(s)).version
                try:
                    base = Version(c[:-2] if c.endswith(".*") else c)
                    v = Version(r.choice([str(base), base.base_version, base.public, base.base_version + "rc1", base.base_version + ".post1",
                                          base.base_version + "+cu118", base.base_version + ".dev1", base.base_version + ".1", base.base_version + ".0",
                                          base.public + "+cu118", base.base_version + ".post1.dev0", base.base_version + "a1.post2"]))
                except InvalidVersion:
                    pass
            put({"kind": "admits", "specifier": text, "version": str(v), "admits": s.contains(v, prereleases=True)})


if __name__ == "__main__":
    main()
