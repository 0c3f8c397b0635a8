import Core
import Lockfile
import TestSupport
import Testing

@Suite struct LockfileReaderTests {
  private static let good = """
    {
      "lockfileVersion": 1,
      "generator": "modelpin 0.1.0",
      "pin": "sha256:PIN",
      "source": null,
      "exclude": [],
      "files": [
        {"path":"a.py","type":"file","role":"code","size":1,"sha256":"0101010101010101010101010101010101010101010101010101010101010101"},
        {"path":"b","type":"link","target":"a.py"}
      ],
      "dependencies": [],
      "downloads": [],
      "licenses": [],
      "findings": []
    }

    """

  /// The good lockfile with its own pin.
  private static func text() throws -> String {
    let lockfile = try Lockfile(
      generator: "modelpin 0.1.0", source: nil, exclude: [],
      entries: [
        try SampleLockfile.file("a.py", 1, size: 1, format: nil),
        try SampleLockfile.link("b", to: "a.py"),
      ])
    return good.replacing("PIN", with: lockfile.pin.hex)
  }

  @Test func `the good lockfile reads`() throws {
    #expect(try LockfileReader.read(Array(Self.text().utf8)).entries.count == 2)
  }

  /// One replacement each: what stands there, what is put there, and the message.
  @Test(arguments: [
    (
      "\"lockfileVersion\": 1", "\"lockfileVersion\": 2",
      "line 2: lockfileVersion is 2, and this program reads version 1"
    ),
    (
      "\"lockfileVersion\": 1", "\"lockfileVersion\": \"1\"",
      "line 2: `lockfileVersion` has to be a number"
    ),
    ("  \"lockfileVersion\": 1,\n", "", "the key `lockfileVersion` is missing in the lockfile"),
    ("  \"source\": null,\n", "", "the key `source` is missing in the lockfile"),
    (
      "\"source\": null", "\"source\": {\"kind\":\"git\"}",
      "line 5: the key `repository` is missing in `source`"
    ),
    (
      "\"source\": null", "\"source\": {\"kind\":\"git\",\"url\":\"x\"}",
      "line 5: `url` is no key of `source`"
    ),
    ("\"generator\"", "\"Generator\"", "line 3: `Generator` is no key of the lockfile"),
    (
      "\"downloads\": []", "\"downloads\": [], \"downloads\": []",
      "line 12: the key `downloads` stands twice in the lockfile"
    ),
    (
      "\"role\":\"code\"", "\"role\":\"code\",\"role\":\"code\"",
      "line 8: the key `role` stands twice in an entry of `files`"
    ),
    ("\"role\":\"code\"", "\"role\":\"virus\"", "line 8: `role` has to be a known role"),
    ("\"role\":\"code\",", "", "line 8: the key `role` is missing in a file of `files`"),
    (
      "\"role\":\"code\"", "\"role\":\"code\",\"mode\":420",
      "line 8: `mode` is no key of an entry of `files`"
    ),
    (
      "\"role\":\"code\"", "\"role\":\"code\",\"target\":\"x\"",
      "line 8: `target` is no key of a file of `files`"
    ),
    (
      "\"role\":\"code\"", "\"role\":\"code\",\"executable\":false",
      "line 8: `executable` has to be true or missing"
    ),
    (
      "\"role\":\"code\"", "\"role\":\"code\",\"format\":\"Py/thon\"",
      "line 8: `format` has to be lower-case letters, digits and dashes"
    ),
    ("\"size\":1", "\"size\":-1", "line 8: `size` has to be a whole number"),
    ("\"size\":1", "\"size\":1.5", "line 8: `size` has to be a whole number"),
    ("\"size\":1", "\"size\":99999999999999999999", "line 8: `size` has to be a whole number"),
    (
      "\"sha256\":\"01", "\"sha256\":\"0G",
      "line 8: `sha256` has to be 64 lower-case hexadecimal digits"
    ),
    (
      "\"sha256\":\"0101", "\"sha256\":\"01",
      "line 8: `sha256` has to be 64 lower-case hexadecimal digits"
    ),
    ("\"target\":\"a.py\"", "\"target\":\"\"", "line 9: `target` has to be a link's target"),
    (
      "\"target\":\"a.py\"", "\"targetBytes\":\"61\"",
      "line 9: `targetBytes` has to be hexadecimal digits of bytes that are no UTF-8"
    ),
    ("\"type\":\"link\"", "\"type\":\"folder\"", "line 9: `type` has to be `file` or `link`"),
    (
      "\"path\":\"a.py\"", "\"path\":\"../a.py\"",
      "line 8: unsafe path `../a.py`: the path has a component `.` or `..`"
    ),
    (
      "\"path\":\"a.py\"", "\"path\":\"/a.py\"", "line 8: unsafe path `/a.py`: the path is absolute"
    ),
    (
      "\"path\":\"a.py\"", "\"path\":\"a//b\"",
      "line 8: unsafe path `a//b`: the path has an empty component"
    ),
    (
      "\"path\":\"a.py\"", "\"path\":\"a\\nb\"",
      "line 8: unsafe path `a\\u{a}b`: the path holds a control character"
    ),
    ("\"path\":\"a.py\"", "\"path\":\"\"", "line 8: unsafe path ``: the path is empty"),
    ("\"path\":\"a.py\"", "\"path\":\"c\"", "line 9: `b` is not in byte order"),
    ("\"path\":\"a.py\"", "\"path\":\"b\"", "line 9: `b` stands twice"),
    (
      "\"dependencies\": []", "\"dependencies\": [{}]",
      "line 11: the key `ecosystem` is missing in an entry of `dependencies`"
    ),
    ("\"findings\": []", "\"findings\": [1]", "line 14: `findings` has to be a list of objects"),
    ("\"findings\": []", "\"findings\": {}", "line 14: `findings` has to be a list"),
    (
      "\"findings\": []", "\"findings\": [{\"rule\":\"x\"}]",
      "line 14: `rule` has to be a rule's name, `family/name`"
    ),
    ("\"exclude\": []", "\"exclude\": [\"b\",\"a\"]", "line 6: `a` is not in byte order"),
    ("\"exclude\": []", "\"exclude\": [\"a\",\"a\"]", "line 6: `a` stands twice"),
    (
      "\"exclude\": []", "\"exclude\": [\"a\\nb\"]",
      "line 6: `exclude` has to be patterns without control characters"
    ),
    (
      "\"findings\": []", "\"findings\": [],\n  \"checkpoints\": {\"interval\": 1, \"files\": {}}",
      "line 15: `interval` has to be 67108864"
    ),
    (
      "\"findings\": []", "\"findings\": [],\n  \"checkpoints\": {\"files\": {}}",
      "line 15: the key `interval` is missing in `checkpoints`"
    ),
    (
      "\"findings\": []",
      "\"findings\": [],\n  \"checkpoints\": {\"interval\": 67108864, \"files\": {\"a.py\":[]}}",
      "line 15: the checkpoints of `a.py` fit no file of the lockfile"
    ),
    (
      "  \"licenses\": []", "<<<<<<< HEAD\n  \"licenses\": []",
      "line 13: a merge conflict marker stands in the lockfile"
    ),
    (
      "\"findings\": []\n}", "\"findings\": []\n}\n{",
      "line 16: something follows the end of the document"
    ),
    (
      "\"findings\": []\n}\n", "\"findings\": []",
      "line 14: the text ends where `,` or `}` has to follow"
    ),
    (
      "\"pin\": \"sha256:", "\"pin\": \"sha512:",
      "line 4: `pin` has to be `sha256:` and 64 lower-case hexadecimal digits"
    ),
  ])
  func `what modelpin would not write is refused with its line`(
    old: String, new: String, message: String
  ) throws {
    let text = try Self.text()
    let changed = text.replacing(old, with: new, maxReplacements: 1)
    #expect(changed != text)
    let error = #expect(throws: LockfileError.self) {
      try LockfileReader.read(Array(changed.utf8))
    }
    #expect(error?.description == message)
    #expect(error?.kind == .invalid)
    #expect(error?.hint != nil)
  }

  @Test func `a pin that does not match is refused`() throws {
    let text = try Self.text().replacing("\"target\":\"a.py\"", with: "\"target\":\"b.py\"")
    let error = #expect(throws: LockfileError.self) { try LockfileReader.read(Array(text.utf8)) }
    #expect(error?.line == 4)
    #expect(error?.description.hasPrefix("line 4: the pin does not match the entries") == true)
  }

  @Test(arguments: ["", " \n\n"])
  func `an empty lockfile is called empty`(text: String) {
    let error = #expect(throws: LockfileError.self) { try LockfileReader.read(Array(text.utf8)) }
    #expect(error?.description == "the lockfile is empty")
  }

  @Test func `a file cut short at any place is refused`() throws {
    let bytes = LockfileWriter.write(try SampleLockfile.make())
    for length in stride(from: 0, to: bytes.count - 2, by: 11) {
      #expect(throws: LockfileError.self) { try LockfileReader.read(Array(bytes[..<length])) }
    }
  }

  @Test func `endless lines and strings are refused in linear time`() throws {
    let text = try Self.text()
    let long = String(repeating: "x", count: 5 << 20)
    for (old, new) in [
      ("\"path\":\"a.py\"", "\"path\":\"\(long)\""),
      ("\"exclude\": []", "\"exclude\": [\"\(long)\"]"),
      ("\"source\": null", "\"source\":  null" + String(repeating: " ", count: 5 << 20)),
    ] {
      let error = #expect(throws: LockfileError.self) {
        try LockfileReader.read(Array(text.replacing(old, with: new).utf8))
      }
      #expect(error?.description.utf8.count ?? 1000 < 200)
      #expect(error?.reason == .tooLong(limit: 4 << 20))
    }
    let name = String(repeating: "x", count: 100_000)
    let error = #expect(throws: LockfileError.self) {
      try LockfileReader.read(Array(text.replacing("modelpin 0.1.0", with: name).utf8))
    }
    #expect(error?.reason == .tooLong(limit: 64 << 10))
  }

  @Test func `a mutated lockfile is refused, or reads as what it says`() throws {
    let bytes = LockfileWriter.write(try SampleLockfile.make())
    var random = TestRandom(seed: 11)
    var refused = 0
    for _ in 0..<500 {
      var mutant = bytes
      let place = Int.random(in: 0..<mutant.count, using: &random)
      switch Int.random(in: 0...2, using: &random) {
      case 0: mutant[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 1: mutant.remove(at: place)
      default: mutant.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: place)
      }
      guard let read = try? LockfileReader.read(mutant) else {
        refused += 1
        continue
      }
      #expect(try LockfileReader.read(LockfileWriter.write(read)) == read)
    }
    #expect(refused > 250)
  }
}
