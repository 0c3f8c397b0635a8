import Core
import Languages
import TestSupport
import Testing

struct RequirementsFileTests {
  static let text = """
    # comment
    torch==2.3.0  # exact
    numpy >=1.26 ; python_version > "3.8"   
    -r base.txt
    -rdev.txt
    --requirement=extra/all.txt
    -c constraints.txt
    --extra-index-url https://download.example.org/whl --trusted-host example.org
    -i https://${USER}:${TOKEN}@example.org/simple
    requests==2.0 \\
        --hash=sha256:aa \\
        --hash=sha256:bb
    git+https://github.com/o/repo.git@main#egg=repo
    -e git+https://github.com/o/other@0123456789012345678901234567890123456789
    -e .
    ./wheels/x-1.0-py3-none-any.whl
    https://example.org/a-1.0-py3-none-any.whl#sha256=\(String(repeating: "ab", count: 32))
    pkg @ https://github.com/o/p/archive/refs/heads/main.zip
    name = 1.0
    joined\\
    ==1.0
    end==1.0 \\
    # ends here
    last
    """

  @Test func `every line is read as pip reads it`() {
    let file = RequirementsFile(Array(Self.text.utf8))
    let shown = file.entries.map { entry in
      let target: String =
        switch entry.target {
        case .requirement(let requirement):
          "\(requirement.normalizedName) \(requirement.specifier) \(requirement.address ?? "")"
        case .reference(let reference): "\(reference.pinning.rawValue) \(reference.name ?? "-")"
        case .malformed: "malformed"
        }
      return
        "\(entry.start.line):\(entry.start.column)-\(entry.end.line) \(target) \(entry.hashes.count)"
    }
    #expect(
      shown == [
        "2:1-2 torch ==2.3.0  0", "3:1-3 numpy >=1.26  0", "10:1-12 requests ==2.0  2",
        "13:1-13 branch repo 0", "14:1-14 commit other 0", "15:1-15 local . 0",
        "16:1-16 local x 0", "17:1-17 content a 0",
        "18:1-18 pkg  https://github.com/o/p/archive/refs/heads/main.zip 0",
        "19:1-19 malformed 0", "20:1-21 joined ==1.0  0", "22:1-22 end ==1.0  0",
        "24:1-24 last   0",
      ])
    #expect(
      file.options.map { "\($0.name)=\($0.value)@\($0.start.line)" } == [
        "requirement=base.txt@4", "requirement=dev.txt@5", "requirement=extra/all.txt@6",
        "constraint=constraints.txt@7", "extra-index-url=https://download.example.org/whl@8",
        "trusted-host=example.org@8", "index-url=https://${USER}:${TOKEN}@example.org/simple@9",
      ])
    #expect(file.requiresHashes)
  }

  static let references: [(String, Pinning, String?)] = [
    ("git+https://github.com/o/r.git", .branch, "r"),
    ("git+https://github.com/o/r@v1.0", .tag, "r"),
    ("git+ssh://git@github.com/o/r.git@main", .branch, "r"),
    ("git+https://user:pw@host/o/r", .branch, "r"),
    ("git+https://github.com/o/r@0123456", .tag, "r"),
    ("https://github.com/o/r/archive/0123456789012345678901234567890123456789.zip", .commit, nil),
    ("https://github.com/o/r/archive/refs/tags/v1.0.tar.gz", .tag, nil),
    ("https://github.com/o/r/archive/main.zip", .branch, nil),
    ("https://example.org/x-1.0-py3-none-any.whl", .version, "x"),
    ("https://example.org/x-1.0-py3-none-any.whl#sha256=zz", .version, "x"),
    ("https://example.org/x.tar.gz#md5=00", .branch, nil),
    ("../x", .local, "x"), ("file:///x", .local, "x"),
  ]

  @Test(arguments: references.indices) func `addresses are judged by what they fix`(index: Int) {
    let (text, pinning, name) = Self.references[index]
    let reference = DirectReference.parse(text)
    #expect(reference?.pinning == pinning)
    if let name { #expect(reference?.name == name) }
  }

  @Test func `UTF-16 as PowerShell writes it is read`() {
    let wide = "torch\r\nnumpy==1.0\r\n".utf16.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    let file = RequirementsFile([0xFF, 0xFE] + wide)
    #expect(file.entries.map(\.text) == ["torch", "numpy==1.0"])
    #expect(file.entries.map(\.start.line) == [1, 2])
  }

  @Test func `mutated files never crash the reader`() {
    var random = TestRandom(seed: 0x72_65_71)
    var entries = 0
    for _ in 0..<2000 {
      var bytes = Array(Self.text.utf8)
      for _ in 0...Int.random(in: 0..<8, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default:
          bytes.insert(
            Array("\\\n#;@[]()=<>-\"' ".utf8).randomElement(using: &random) ?? 0, at: place)
        }
      }
      entries += RequirementsFile(bytes).entries.count
    }
    #expect(entries > 1000)
  }

  @Test func `endless continuations and brackets take linear time`() {
    let pieces = ["a\\\n", "(", "a==1,", "[", "a;(", "-", "--hash=", "1.", "1a"]
    for piece in pieces {
      let file = RequirementsFile(Array(String(repeating: piece, count: 50_000).utf8))
      #expect(file.entries.count <= 1)
    }
  }
}
