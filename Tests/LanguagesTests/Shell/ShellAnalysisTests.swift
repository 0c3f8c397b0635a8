import Core
import Languages
import TestSupport
import Testing

struct ShellAnalysisTests {
  /// The argument vectors of a script: words joined by `·`, several values by `|`.
  static func commands(_ text: String, interpreter: ShellInterpreter = .bash) throws -> [String] {
    try analysis(text, interpreter: interpreter).commands.filter { $0.name != "[[" }.map {
      command in
      command.words.map { $0.values.map(\.display).joined(separator: "|") }.joined(separator: "·")
    }
  }

  static func analysis(
    _ text: String, interpreter: ShellInterpreter = .bash, variables: [String: [ShellValue]] = [:]
  ) throws -> ShellAnalysis {
    ShellAnalysis(
      ShellFragment(
        path: try RelativePath("x.sh"), place: .script, interpreter: interpreter,
        text: ShellTextBuilder(file: Array(text.utf8)), variables: variables))
  }

  @Test(arguments: [
    ("wget -O 'a b' \"c d\" e\\ f", ["wget·-O·a b·c d·e f"]),
    ("U=https://x; wget $U/a \"${U}\"/b", ["wget·https://x/a·https://x/b"]),
    ("A='1 2'; c $A \"$A\"", ["c·1·2·1 2"]),
    ("c ${X:-d}/e ${Y}", ["c·d/e·${Y}"]),
    (
      "F=a/b.tar.gz; c ${F##*/} ${F%.gz} ${F%%.*} ${F/a/z} ${#F}",
      ["c·b.tar.gz·a/b.tar·a/b·z/b.tar.gz·10"]
    ),
    ("for f in a b; do wget x/$f.bin; done", ["wget·x/a.bin|x/b.bin"]),
    ("if [ -f x ]; then V=1; else V=2; fi; c $V", ["[·-f·x·]", "c·1|2"]),
    ("f() { wget $1/$2; }; f a b; f c d", ["wget·a/b", "wget·c/d"]),
    ("A=(x 'y z'); c \"${A[@]}\" ${A[1]} ${#A[@]}", ["c·x·y z·y·z·2"]),
    ("c {a,b}.{1..3} x{,y}", ["c·a.1·a.2·a.3·b.1·b.2·b.3·x·xy"]),
    ("sudo -E env A=b timeout 5 wget x", ["sudo·-E·env·A=b·timeout·5·wget·x"]),
    ("bash -c 'wget x; curl y'", ["bash·-c·wget x; curl y", "wget·x", "curl·y"]),
    ("bash -c \"wget $U\"", ["bash·-c·wget ${U}", "wget·${U}"]),
    ("eval \"$(curl x)\"", ["curl·x", "eval·${$(curl x)}"]),
    ("cat <<EOF | bash\nwget x\nEOF", ["cat", "bash", "wget·x"]),
    ("bash <<'EOF'\nwget $x\nEOF\nls", ["bash", "wget·${x}", "ls"]),
    ("echo $((1+2*3)) $(echo hi) `echo ho`", ["echo·hi", "echo·ho", "echo·7·hi·ho"]),
    ("case $1 in a) X=1;; b|c) X=2;; esac; c $X", ["c·1|2|${X}"]),
    ("c \\\n  d # comment\ne", ["c·d", "e"]),
    ("c $'a\\tb\\x41' $\"q\"", ["c·a\tbA·q"]),
    (
      "docker run --rm -v a:b img:1 sh -c 'wget x'",
      ["docker·run·--rm·-v·a:b·img:1·sh·-c·wget x", "sh·-c·wget x", "wget·x"]
    ),
    ("while read l; do wget $l; done < list", ["read·l", "wget·${l}"]),
    ("[[ $a == b* && ! -f c ]] && wget x", ["wget·x"]),
    ("((i++)); for ((i=0;i<3;i++)); do c $i; done", ["c·${i}"]),
    ("wget ${P/'*'/\"LICENSE\"} -O ${T}\"/L\"", ["wget·${P}·-O·${T}/L"]),
    (
      "uv run --with x python -c 'print(1)'",
      ["uv·run·--with·x·python·-c·print(1)", "python·-c·print(1)"]
    ),
    ("A=1 B=2 c", ["c"]),
    ("pip install -r <(echo x)", ["echo·x", "pip·install·-r·${<(echo x)}"]),
    ("export X=a Y=b; c $X$Y", ["c·ab"]),
    ("c ${{ matrix.v }} ${{inputs.x}}-y", ["c·${matrix.v}·${inputs.x}-y"]),
    ("set -- a b; shift; c $1 $#", ["set·--·a·b", "shift", "c·b·1"]),
    ("f() (\n cd x && wget y\n)\nf", ["cd·x", "wget·y"]),
    ("if ! c; then d; elif e; then g; fi", ["c", "e", "d", "g"]),
    ("c > out 2>&1 < in &", ["c"]),
    ("arr+=(a); arr+=(b c); d ${arr[@]}", ["d·a·b·c"]),
    ("never_called() { wget $1; }", ["wget·${1}"]),
    ("c \"a `echo \\\"q\\\"` b\"", ["echo·q", "c·a q b"]),
    ("X=$(cat f); c $X", ["cat·f", "c·${$(cat f)}"]),
    ("find . -name x -exec wget {} \\;", ["find·.·-name·x·-exec·wget·{}·;", "wget·{}·;"]),
    ("x=a; x+=b; c $x ${x^^} ${x:0:1} ${x:1}", ["c·ab·AB·a·b"]),
    ("c ~/x a~ \"~\"", ["c·${HOME}/x·a~·~"]),
  ])
  func `finds commands and their words`(text: String, expected: [String]) throws {
    #expect(try Self.commands(text) == expected)
  }

  @Test func `knows pipes, substitutions and places`() throws {
    let analysis = try Self.analysis("curl -fsSL u |\n  sudo bash -s -- x\nbash <(wget -qO- v)\n")
    #expect(analysis.commands.map(\.name) == ["curl", "bash", "wget", "bash"])
    #expect(analysis.commands[0].output == 1..<2)
    #expect(analysis.commands[1].input == 0..<1)
    #expect(analysis.commands[1].position == TextPosition(line: 2, column: 3))
    #expect(analysis.origins(of: analysis.commands[3].words[1].values[0]) == [2..<3])
    #expect(analysis.problems.isEmpty)
  }

  @Test func `nested text keeps its places`() throws {
    let analysis = try Self.analysis("bash -c '\n  wget a\n  curl \"b\"'\nssh h <<E\n curl c\nE\n")
    let places = analysis.commands.map { "\($0.name) \($0.position.line):\($0.position.column)" }
    #expect(places == ["bash 1:1", "wget 2:3", "curl 3:3", "ssh 4:1", "curl 5:2"])
  }

  @Test func `hands over programs in other languages`() throws {
    let analysis = try Self.analysis("python - <<'EOF'\nimport os\nEOF\npython3 -c \"x = 1\"\n")
    #expect(
      analysis.programs.map { String(decoding: $0.text.bytes, as: UTF8.self) } == [
        "import os\n", "x = 1",
      ])
    #expect(analysis.programs[0].text.positions.position(0) == TextPosition(line: 2, column: 1))
  }
}
