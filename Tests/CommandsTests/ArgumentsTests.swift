import Commands
import Core
import Testing

struct ArgumentsTests {
  private static let output = OptionDeclaration("--output", value: .file("FILE"), "Write here")
  private static let exclude = OptionDeclaration(
    "--exclude", value: .text("GLOB"), repeats: true, "Leave out")
  private static let update = OptionDeclaration("--update", "Write anew")
  private static let format = OptionDeclaration.format("text", "json")
  private static let command = CommandDeclaration(
    "sample", summary: "Do something",
    operands: [
      OperandDeclaration("PATH", .path, "A path"),
      OperandDeclaration("KIND", .choice(["big", "small"]), optional: true, "A kind"),
    ],
    options: [output, exclude, update, format])

  private func parse(_ words: String...) throws(UsageError) -> Arguments {
    var arguments = Arguments()
    try arguments.parse(words[...], for: Self.command)
    return arguments
  }

  @Test func `options stand anywhere, with a blank or an equals sign`() throws {
    let arguments = try parse(
      "--exclude", "a", "model", "--output=x=y", "-q", "--exclude=b", "small", "--update")
    #expect(arguments.operands == ["model", "small"])
    #expect(arguments.value(of: Self.output) == "x=y")
    #expect(arguments.values(of: Self.exclude) == ["a", "b"])
    #expect(arguments.has(Self.update))
    #expect(arguments.has(.quiet))
    #expect(!arguments.has(.help))
    #expect(arguments.value(of: Self.format) == nil)
  }

  @Test func `after two dashes everything is an operand, and a lone dash always is`() throws {
    #expect(try parse("--", "--update").operands == ["--update"])
    #expect(try parse("-").operands == ["-"])
    #expect(try parse("x", "--output", "-").value(of: Self.output) == "-")
  }

  @Test func `a value that begins with a dash has to be attached`() throws {
    #expect(try parse("x", "--exclude=-a").values(of: Self.exclude) == ["-a"])
    #expect(throws: UsageError.valueMissing(option: "--output", value: "FILE")) {
      try parse("x", "--output", "--update")
    }
  }

  @Test func `who asks for help need not have the rest right`() throws {
    #expect(try parse("--help").has(.help))
  }

  @Test(
    arguments: [
      (
        ["x", "--ouptut", "y"], "no option `--ouptut` of `modelpin sample`",
        "did you mean `--output`?"
      ),
      (["x", "--out", "y"], "no option `--out` of `modelpin sample`", "did you mean `--output`?"),
      (
        ["x", "-z"], "no option `-z` of `modelpin sample`",
        "`modelpin sample --help` lists the options"
      ),
      (["x", "--output"], "`--output` needs a value: `--output FILE`", nil),
      (["x", "--output="], "`--output` needs a value: `--output FILE`", nil),
      (["x", "--update=yes"], "`--update` takes no value", nil),
      (["x", "--output", "a", "--output", "b"], "`--output` is given twice", nil),
      (
        ["x", "--format", "jsno"], "`jsno` is no value of `--format`: expected text, json",
        "did you mean `json`?"
      ),
      (
        ["x", "--jobs", "0"], "`0` is no value of `--jobs`: expected a whole number from 1 to 1024",
        nil
      ),
      (
        ["x", "--jobs", "99999999999999999999"],
        "`99999999999999999999` is no value of `--jobs`: expected a whole number from 1 to 1024",
        nil
      ),
      ([], "`modelpin sample` needs PATH", "`modelpin sample --help` shows its arguments"),
      (
        ["a", "big", "c"], "`modelpin sample` does not take `c`",
        "`modelpin sample --help` shows its arguments"
      ),
      (["a", "bgi"], "no kind is called `bgi`", "did you mean `big`?"),
      ([""], "`` is no path", nil),
    ] as [([String], String, String?)])
  func `a mistake names the nearest right thing`(
    words: [String], description: String, hint: String?
  ) throws {
    let error = try #require(throws: UsageError.self) {
      var arguments = Arguments()
      try arguments.parse(words[...], for: Self.command)
    }
    #expect(error.description == description)
    #expect(error.hint == hint)
    #expect(error.kind == .invalid)
  }
}
