import Core
import Languages
import TestSupport
import Testing

/// Damaged and hostile scripts: no crash, and work that grows with the text.
struct ShellHostilityTests {
  private static func many(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  static let hostile: [String] = [
    many("$(((((", 3_000), many("$(", 5_000), many("`", 5_001), many("\"$(", 3_000),
    many("${a:-", 5_000), many("${a[", 3_000), many("<<E ", 3_000), many("cat <<E\n", 3_000),
    many("if true\n", 3_000), many("case x in ", 3_000), many("(", 5_000), many("{ ", 5_000),
    many("{a,", 3_000), "echo " + many("{a,b}", 200), "echo {1..999999999}", many("'", 5_001),
    many("\\\n", 5_000), many("f() { g; f; }; ", 500), "f() { f; f; }; f",
    many("a=$a$a$a$a\n", 400) + "echo $a", "a=x\n" + many("a=$a$a\n", 300) + "wget $a",
    many("for i in 1 2 3; do ", 300), many("a | ", 3_000) + "b", many("!", 3_000),
    many("[[ ", 2_000), many("$'\\x", 2_000), many("a[", 4_000), many("((", 3_000),
    "x=" + many("a", 60_000) + "\necho ${x//a*a*a*b/c} ${x##*a*a*b}",
    "x=" + many("ab", 400) + "\n" + many("echo ${x//a*b*c/d} ${x%%*b*c}\n", 300),
    many("eval 'eval \"eval wget x\"'\n", 300), many("bash -c '", 200), many("sudo ", 3_000),
    "f0() { wget x; }\n"
      + (1..<60).map { "f\($0)() { f\($0 - 1); f\($0 - 1); }" }.joined(separator: "\n") + "\nf59",
    (0..<2_000).map { "v\($0)=1" }.joined(separator: "\n") + "\n"
      + many("if a; then b=1; else c=2; fi\n", 2_000),
    many("select x in ", 500), many(";;", 3_000), many("function ", 2_000), many("\u{0}", 100),
    many("> >(", 500), many("alias a='a a'\na\n", 200), many("set -- $@ $@ x\n", 200) + "echo $@",
    many("arr+=(${arr[@]} x)\n", 200) + "echo ${arr[@]}", many("${{", 2_000),
    many("\u{FF}\u{FE}", 50), many("base64 -d | ", 2_000) + "sh",
    "echo YQ== | "
      + many("base64 -d | sh | ", 1_000) + "sh", many("cat > a.sh <<E\n", 2_000),
    many("tmux new 'screen -dmS x env -S \"", 500), many("{ echo a; } > b.sh\n", 2_000),
    many("echo a | tee b.sh | ", 1_000) + "sh", many("crontab - <<E\n* * * * * ", 1_000),
    many("parallel watch flock x ", 1_000), many("echo $(", 300) + "x",
    many("(echo a; echo b) | ", 500) + "bash",
  ]

  static let windows: [String] = [
    many("(", 5_000), many("{", 5_000), many("$a = ", 3_000), many(".DownloadFile(", 2_000),
    many("if (", 3_000), many("@(", 3_000), many("`", 5_000), many("\"", 5_001), many("<#", 3_000),
    many("iex (", 2_000), many("\\", 20_000), many("^", 20_000), many("@echo off\n", 2_000),
    many("$x.DownloadString(\"", 2_000), many(")", 5_000),
  ]

  @Test(arguments: windows.indices, [ShellInterpreter.powershell, .cmd])
  func `work grows with the text of other shells`(
    index: Int, interpreter: ShellInterpreter
  ) throws {
    let text = Self.windows[index]
    let analysis = ShellAnalysis(
      ShellFragment(
        path: try RelativePath("x.ps1"), place: .script, interpreter: interpreter,
        text: ShellTextBuilder(file: Array(text.utf8))))
    #expect(analysis.steps <= 60_000 + 200 * text.utf8.count)
  }

  @Test(arguments: hostile.indices)
  func `work grows with the text`(index: Int) throws {
    let text = Self.hostile[index]
    let analysis = try ShellAnalysisTests.analysis(text)
    #expect(analysis.steps <= 30_000 + 100 * text.utf8.count)
    #expect(analysis.commands.count <= 1_000 + text.utf8.count * 12)
  }

  static let sample = #"""
    #!/usr/bin/env bash
    set -euo pipefail
    BASE="https://example.org/${1:-main}"; files=(a.bin 'b c.bin')
    fetch() { local name=$1; curl -fsSL "$BASE/${name##*/}" -o "out/$name" || return 1; }
    for f in "${files[@]}" {x,y}.{1..2}; do fetch "$f" && echo "$(sha256sum <"out/$f")"; done
    case $(uname -m) in x86_64|amd64) A=1 ;; *) A=$((A+1)) ;; esac
    if [[ -n ${A:-} && $A =~ ^(1|2)$ ]]; then cat <<-EOF | sudo tee /etc/x >/dev/null
    	hello ${A/1/2} `date`
    	EOF
    fi
    while read -r line; do eval "$line"; done < <(wget -qO- "$BASE/list")
    bash -c 'pip install "$0"' x; python3 - <<'PY'
    import os
    PY
    """#

  @Test func `survives every cut of a script`() throws {
    let bytes = Array(Self.sample.utf8)
    for length in stride(from: 0, through: bytes.count, by: 2) {
      _ = try Self.analysis(Array(bytes[..<length]))
    }
  }

  @Test func `survives mutations`() throws {
    let bytes = Array(Self.sample.utf8)
    let special = Array("'\"`$(){}[]<>|&;\\\n#!*~= \t".utf8) + [0, 0xFE, 0xFF, 0x80]
    var random = TestRandom(seed: 4)
    for _ in 0..<400 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: changed.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: changed[index] = special[Int.random(in: special.indices, using: &random)]
        case 1: changed.insert(special[Int.random(in: special.indices, using: &random)], at: index)
        default: changed.remove(at: index)
        }
      }
      _ = try Self.analysis(changed)
    }
  }

  private static func analysis(
    _ bytes: [UInt8], _ interpreter: ShellInterpreter = .bash
  ) throws -> ShellAnalysis {
    ShellAnalysis(
      ShellFragment(
        path: try RelativePath("x.sh"), place: .script, interpreter: interpreter,
        text: ShellTextBuilder(file: bytes)))
  }

  static let windowsSample = #"""
    param([string]$Dir = "C:\models")
    $url = "https://example.org/a.zip" # comment
    if (-not (Test-Path $Dir)) { New-Item $Dir } else { throw "x" }
    iex ((New-Object Net.WebClient).DownloadString('https://example.org/x'))
    $wc.DownloadFile("$url", "$env:TEMP\x.exe"); & "$env:TEMP\x.exe" `
      /S
    <# block #> foreach ($m in @("a", "b")) { iwr $m -OutFile x }
    """#

  @Test func `survives mutations of PowerShell`() throws {
    let bytes = Array(Self.windowsSample.utf8)
    var random = TestRandom(seed: 6)
    for _ in 0..<300 {
      let changed = Mutation.of(bytes, using: &random)
      _ = try Self.analysis(changed, .powershell)
      _ = try Self.analysis(changed, .cmd)
    }
  }

  @Test func `survives damaged makefiles and justfiles`() throws {
    let sample = Array(
      "A := $(B)/x\nB ?= $(A)\ndefine D\n\tcurl $(A)\nendef\n.ONESHELL:\nall: dep ; wget $(A)\n\t@echo $$x \\\n\t  $(call D,1) $(shell ls) ${A}\nset shell := [\"bash\", \"-c\"]\nr x:\n  #!/bin/sh\n  curl {{x}} {{ A }}\n"
        .utf8)
    let path = try RelativePath("Makefile")
    var random = TestRandom(seed: 5)
    for round in 0..<400 {
      var changed = sample
      if round <= sample.count {
        changed = Array(sample.prefix(round))
      } else {
        for _ in 0..<4 {
          changed[Int.random(in: changed.indices, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
      }
      _ = Makefile(path: path, bytes: changed).fragments.map { ShellAnalysis($0) }
      _ = Justfile(path: path, bytes: changed).fragments.map { ShellAnalysis($0) }
    }
    let doubling = (0..<40).map { "A\($0 + 1) = $(A\($0)) $(A\($0)) $(A\($0))" }
    let text =
      "A0 = x\n" + doubling.joined(separator: "\n") + "\nall:\n"
      + Self.many("\techo $(A40)\n", 50) + Self.many("$(", 2_000)
    _ = Makefile(path: path, bytes: Array(text.utf8)).fragments
  }
}
