import Core
import Foundation
import Languages
import TestSupport
import Testing

/// Generated commands: the words that we extract are the words that bash hands over.
struct ShellAgreementTests {
  /// Writes commands of ever new shapes over a few variables that are set in front.
  private struct Writer {
    var random: TestRandom

    static let preamble = """
      s=simple
      sp='two  words'
      path=/a/b.c/file.tar.gz
      url="https://host/$s/x"
      empty=
      num=7
      arr=(one 'two three' four)
      name=s
      set -- first 'second arg' third
      """

    mutating func pick<Element>(_ items: [Element]) -> Element {
      items[Int.random(in: items.indices, using: &random)]
    }

    mutating func literal() -> String {
      pick([
        "a", "b-c", "x.y", "k=v", "-o", "--long=val", "a/b", "%", "@", "1", "~", "{", "}", "a{b",
        "[x]", "^", "!",
      ])
    }

    mutating func variable() -> String {
      pick([
        "${s}", "${sp}", "${path}", "${url}", "${empty}", "${num}", "${path##*/}", "${path#*/}",
        "${path%.*}", "${path%%.*}", "${path/b/Z}", "${path//a/Z}", "${path/#\\/a/R}",
        "${path/%gz/xz}", "${#s}", "${s^^}", "${s^}", "${s:1}", "${s:1:3}", "${s: -2}",
        "${unset:-default}", "${unset-d e}", "${empty:-filled}", "${empty-kept}", "${s:+alt}",
        "${empty:+alt}", "${s:-no}", "${arr[1]}", "${arr[0]}", "${#arr[@]}",
        "$1", "$2", "${3}", "$#", "$((num + 1))", "$((2 * (3 + num)))", "$(echo sub)",
        "$(echo \"in  ner\")", "`echo back`", "${!name}", "${arr[@]:1}", "${s%l*}", "${s/i?p/_}",
        "${unset:-${s}x}", "${path/\"/a\"/q}", "$(echo $(echo deep))", "${arr[$((1 + 1))]}",
      ])
    }

    mutating func piece() -> String {
      switch Int.random(in: 0..<10, using: &random) {
      case 0, 1: return literal()
      case 2: return "'\(pick(["lit eral", "$s", "a\"b", "\\n", "x"]))'"
      case 3:
        return "\"\(pick(["q", "a b", "\\\"", "\\$s", "it's", "\\\\", "a\\nb"]))\(variable())\""
      case 4: return pick(["\\ ", "\\\\", "\\$", "\\\"", "\\'", "\\a"])
      case 5: return pick(["$'a\\tb'", "$'\\x41\\''", "$\"tr\"", "$'\\u00e9'", "$'\\101'"])
      case 6:
        return pick([
          "{a,b}", "{1..3}", "x{p,q}y", "{a..c}", "{a,{b,c}}", "{03..05}", "{,z}", "{9..5..2}",
        ])
      default: return variable()
      }
    }

    mutating func word() -> String {
      switch Int.random(in: 0..<12, using: &random) {
      case 0: return "\"$@\""
      case 1: return "\"${arr[@]}\""
      case 2: return "\"${arr[*]}\""
      case 3: return "\"\""
      case 4: return "''"
      case 5: return pick(["$s", "$sp", "$empty", "\"$empty\"", "a$s", "$url", "$2"])
      default:
        return (0..<Int.random(in: 1...3, using: &random)).map { _ in piece() }.joined()
      }
    }

    mutating func command(_ id: Int) -> String {
      let words = (0..<Int.random(in: 1...4, using: &random)).map { _ in word() }
      let show = "show \(id) \(words.joined(separator: " "))"
      switch Int.random(in: 0..<16, using: &random) {
      case 0: return "if true; then \(show); fi"
      case 1: return "{ \(show); } 2>/dev/null"
      case 2: return "( \(show) )"
      case 3: return "true && \(show) || false"
      case 4: return "f\(id)() { show \(id) \"$1\" $2; }; f\(id) 'x y' 'p q'"
      case 5: return "for v in p 'q r' $s; do show \(id) $v/\"$v\"; done"
      case 6: return "case $s in sim*) \(show);; *) show \(id) wrong;; esac"
      case 7: return "A=1 B=$s \(show) # comment"
      case 8: return "eval 'show \(id) \"$s\" $num'"
      case 9: return "show \(id) \\\n  \(words.joined(separator: " \\\n  "))"
      case 10: return "\(show) <<< here > >(cat) 2>&1; wait"
      case 11: return "while \(show); do break; done"
      case 12: return "v=\(word()); show \(id) $v \"$v\""
      case 13: return "v=$s; v+=-more; show \(id) \"$v\" ${v//-/_}"
      case 14: return "cat <<E\(id) >/dev/null\n$s text\nE\(id)\n\(show)"
      default: return show
      }
    }
  }

  @Test func `extracts the words that bash hands over`() throws {
    let bash = try Subprocess.run(["bash", "-c", "echo ${BASH_VERSINFO[0]}"])
    guard bash.status == 0, let version = Int(bash.output.filter(\.isNumber)), version >= 4 else {
      return
    }
    var writer = Writer(random: TestRandom(seed: 20_26))
    let lines = (0..<900).map { writer.command($0) }
    let script = Writer.preamble + "\n" + lines.joined(separator: "\n") + "\n"
    let folder = try TemporaryFolder()
    try folder.write(script, to: "script")
    try folder.write("", to: "empty/.keep")
    // The wrapper that every command of the script is: it only prints its words.
    let wrapper = "show() { printf '%s\\0' \"$#\" \"$@\" >&9; }; . \"$0/script\" 9>\"$0/words\""
    _ = try Subprocess.run(
      ["bash", "-c", wrapper, folder.path], in: folder.path("empty"),
      environment: ["HOME": "/home/u", "LC_ALL": "C.UTF-8"])
    let words = try Self.split(Array(Data(contentsOf: URL(filePath: folder.path("words")))))
    var expected: [String: [[String]]] = [:]
    for argv in words { expected[argv.first ?? "", default: []].append(Array(argv.dropFirst())) }
    #expect(expected.count >= 800)

    let analysis = try ShellAnalysisTests.analysis(
      script, variables: ["HOME": [ShellValue("/home/u")]])
    var found: [String: [[[ShellValue]]]] = [:]
    for command in analysis.commands where command.name == "show" {
      let fields = command.arguments.map(\.values)
      found[fields.first?.first?.display ?? "", default: []].append(Array(fields.dropFirst()))
    }
    var wrong: [String] = []
    for (id, line) in lines.enumerated() {
      guard let runs = expected[String(id)] else { continue }
      let ours = found[String(id)] ?? []
      let agrees = runs.allSatisfy { run in
        ours.contains { fields in
          fields.count == run.count
            && zip(fields, run).allSatisfy { values, word in
              values.contains { $0.bytes.elementsEqual(word.utf8) }
            }
        }
      }
      // Where bash runs a command once, nothing is left open.
      let isExact =
        runs.count > 1 || ours.count == 1 && ours[0].allSatisfy { $0.count == 1 }
        || line.hasPrefix("case")
      if !agrees || !isExact {
        let shown = ours.map { $0.map { $0.map(\.display) } }
        wrong.append("\(line)\n  bash: \(runs)\n  ours: \(shown)")
      }
    }
    #expect(
      wrong.isEmpty,
      Comment(rawValue: "\(wrong.count)\n" + wrong.prefix(12).joined(separator: "\n")))
  }

  private static func split(_ bytes: [UInt8]) throws -> [[String]] {
    var fields = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }[...]
    var argvs: [[String]] = []
    while let count = fields.popFirst().flatMap({ Int($0) }) {
      argvs.append(Array(fields.prefix(count)))
      fields = fields.dropFirst(count)
    }
    return argvs
  }
}
