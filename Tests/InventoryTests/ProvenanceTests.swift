import Core
import Hashing
import Inventory
import TestSupport
import Testing

private let commit = "0123456789abcdef0123456789abcdef01234567"
private let other = "fedcba9876543210fedcba9876543210fedcba98"

private func sha256(_ text: String) throws -> String {
  try SHA256Stream.digest(of: Array(text.utf8).span).hex
}

private func blob(_ text: String) throws -> String {
  let digest = GitBlobDigest(of: Array(text.utf8).span)
  return try #require(digest).hex
}

private func observations(_ repository: Repository) -> [String] {
  repository.observations.map { "\($0.kind.rawValue) \($0.path)" }
}

@Suite struct GitBlobDigestTests {
  @Test func `is what git hash-object prints`() throws {
    #expect(try blob("") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    #expect(try blob("hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a")
  }
}

@Suite struct LocalFolderTests {
  private static func metadata(
    _ folder: TemporaryFolder, _ path: String, etag: String, commit: String = commit
  ) throws {
    try folder.write(
      "\(commit)\n\(etag)\n1732000000.25\n", to: ".cache/huggingface/download/\(path).metadata")
  }

  private static func download() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("weights", to: "model.safetensors")
    try folder.write("{}", to: "sub/config.json")
    try metadata(folder, "model.safetensors", etag: try sha256("weights"))
    try metadata(folder, "sub/config.json", etag: try blob("{}"))
    try folder.write("*", to: ".cache/huggingface/.gitignore")
    try folder.write("", to: ".cache/huggingface/download/model.safetensors.lock")
    try folder.write(
      "Signature: 8a477f597d28d172789f06886806bc55\n# a cache\n",
      to: ".cache/huggingface/CACHEDIR.TAG")
    return folder
  }

  @Test func `well-formed metadata is provenance and no content`() throws {
    let folder = try Self.download()
    let found = try crawl(.directory(folder.path)).repository
    #expect(found.entries.map(\.path.description) == ["model.safetensors", "sub/config.json"])
    #expect(
      found.provenance
        == Provenance(kind: "huggingface", repository: nil, revision: commit, isClaimed: true))
    #expect(found.observations.isEmpty)
    #expect(found.exclusions.count == 5)
    #expect(found.exclusions.allSatisfy { $0.reason == .clientMetadata })
  }

  @Test func `bytes that differ from the record are observed, by either digest`() throws {
    let folder = try Self.download()
    try folder.write("other", to: "model.safetensors")
    try folder.write("[]", to: "sub/config.json")
    let found = try crawl(.directory(folder.path)).repository
    #expect(
      observations(found) == [
        "provenanceMismatch model.safetensors", "provenanceMismatch sub/config.json",
      ])
  }

  @Test func `what is not as the client writes it is content`() throws {
    let folder = try Self.download()
    try folder.write("import os\n", to: ".cache/huggingface/download/evil.py")
    try folder.write("x", to: ".cache/huggingface/download/a.lock")
    try folder.write("x\ny\nz\n", to: ".cache/huggingface/download/b.metadata")
    try folder.write("!evil.py", to: ".cache/huggingface/.gitignore")
    let found = try crawl(.directory(folder.path)).repository
    #expect(
      found.entries.map(\.path.description) == [
        ".cache/huggingface/.gitignore", ".cache/huggingface/download/a.lock",
        ".cache/huggingface/download/b.metadata", ".cache/huggingface/download/evil.py",
        "model.safetensors", "sub/config.json",
      ])
    #expect(observations(found).filter { $0.hasPrefix("addedLocally") }.count == 4)
  }

  @Test func `mixed commits, missing, added and unfinished files are observed`() throws {
    let folder = try Self.download()
    try Self.metadata(folder, "gone.bin", etag: try sha256("gone"))
    try folder.write("x", to: "new.bin")
    try Self.metadata(folder, "new.bin", etag: try sha256("x"), commit: other)
    try folder.write("x", to: "local.txt")
    try folder.write("par", to: ".cache/huggingface/download/abc.incomplete")
    let found = try crawl(.directory(folder.path)).repository
    #expect(
      observations(found) == [
        "interruptedDownload .cache/huggingface/download/abc.incomplete",
        "interruptedDownload gone.bin", "addedLocally local.txt", "mixedCommits new.bin",
      ])
    #expect(found.provenance?.revision == nil)
  }

  @Test func `the tree of the commit is compared`() throws {
    let folder = try Self.download()
    let sha = try sha256("weights")
    try folder.write(
      """
      {"format_version":1,"files":{\
      "model.safetensors":{"size":7,"blob_id":"\(other)","lfs_sha256":"\(sha)","lfs_size":7},\
      "sub/config.json":{"size":3,"blob_id":"\(other)"},"absent.bin":{"size":1,"blob_id":"\(other)"}}}
      """, to: ".cache/huggingface/trees/\(commit).json")
    let found = try crawl(.directory(folder.path)).repository
    #expect(
      observations(found) == [
        "interruptedDownload absent.bin", "provenanceMismatch sub/config.json",
      ])
  }

  @Test func `an archive of the folder says the same`() throws {
    let folder = try Self.download()
    try folder.write("x", to: "local.txt")
    var tar = TarBuilder()
    for path in [
      "local.txt", "model.safetensors", "sub/config.json", ".cache/huggingface/.gitignore",
      ".cache/huggingface/CACHEDIR.TAG", ".cache/huggingface/download/model.safetensors.lock",
      ".cache/huggingface/download/model.safetensors.metadata",
      ".cache/huggingface/download/sub/config.json.metadata",
    ] {
      tar.add(path, try folder.bytes(path))
    }
    tar.end()
    let other = try TemporaryFolder()
    try other.write(tar.bytes, to: "a.tar")
    let expected = try crawl(.directory(folder.path)).repository
    let found = try crawl(.archive(other.path("a.tar"))).repository
    #expect(found.entries == expected.entries)
    #expect(found.observations == expected.observations)
    #expect(found.exclusions == expected.exclusions)
    #expect(found.provenance == expected.provenance)
  }
}

@Suite struct CacheSnapshotTests {
  private static func cache() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let model = "hub/models--org--some--name"
    let weights = try sha256("weights")
    let config = try blob("{}")
    try folder.write("weights", to: "\(model)/blobs/\(weights)")
    try folder.write("{}", to: "\(model)/blobs/\(config)")
    try folder.link("\(model)/snapshots/\(commit)/model.bin", to: "../../blobs/\(weights)")
    try folder.link("\(model)/snapshots/\(commit)/sub/c.json", to: "../../../blobs/\(config)")
    return folder
  }

  private static let snapshot = "hub/models--org--some--name/snapshots/\(commit)"

  @Test func `links to blobs are files, and name and commit are known`() throws {
    let folder = try Self.cache()
    let found = try crawl(.directory(folder.path(Self.snapshot)), options: CrawlOptions(jobs: 2))
      .repository
    #expect(
      found.entries.map { "\($0.path) \($0.file?.size ?? 0)" } == ["model.bin 7", "sub/c.json 2"])
    #expect(
      found.provenance
        == Provenance(
          kind: "huggingface", repository: "org/some--name", revision: commit, isClaimed: true))
    #expect(found.observations.isEmpty)
    #expect(found.sources.map(\.path.description) == ["model.bin", "sub/c.json"])
  }

  @Test func `a blob that is not what its name says is observed`() throws {
    let folder = try Self.cache()
    try folder.write(
      "evil", to: "hub/models--org--some--name/blobs/\(try sha256("weights"))")
    try folder.write("[]", to: "hub/models--org--some--name/blobs/\(try blob("{}"))")
    let found = try crawl(.directory(folder.path(Self.snapshot))).repository
    #expect(
      observations(found) == ["provenanceMismatch model.bin", "provenanceMismatch sub/c.json"])
  }

  @Test func `a missing blob ends the crawl`() throws {
    let folder = try Self.cache()
    try folder.remove("hub/models--org--some--name/blobs/\(try sha256("weights"))")
    #expect(
      outcome(.directory(folder.path(Self.snapshot))) == "error: model.bin: its blob is missing")
  }

  @Test func `the same links anywhere else stay links`() throws {
    let folder = try Self.cache()
    try folder.move(Self.snapshot, to: "hub/models--org--some--name/elsewhere/\(commit)")
    let text = outcome(.directory(folder.path("hub/models--org--some--name/elsewhere/\(commit)")))
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("link ../../") })
  }

  @Test func `links of a snapshot that lead elsewhere stay links`() throws {
    let folder = try Self.cache()
    try folder.link("\(Self.snapshot)/evil", to: "../../../blobs/\(try sha256("weights"))")
    try folder.link("\(Self.snapshot)/passwd", to: "/etc/passwd")
    let text = outcome(.directory(folder.path(Self.snapshot)))
    #expect(text.contains("link /etc/passwd passwd") && text.contains("link ../../../blobs/"))
  }
}

@Suite struct GitCheckoutTests {
  private static func checkout(_ config: String, head: String = "ref: refs/heads/main\n") throws
    -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "a.txt")
    try folder.write(head, to: ".git/HEAD")
    try folder.write("\(commit)\n", to: ".git/refs/heads/main")
    try folder.write(config, to: ".git/config")
    return folder
  }

  private static func config(_ url: String) -> String {
    "[core]\n\tbare = false\n[remote \"other\"]\n\turl = https://x.y/z\n"
      + "[remote \"origin\"]\n\turl = \(url)\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n"
  }

  @Test(arguments: [
    ("https://github.com/org/name.git", "git https://github.com/org/name.git"),
    ("https://user:token@github.com/org/name?x=1", "git https://github.com/org/name"),
    ("git@github.com:org/name.git", "git github.com:org/name.git"),
    ("https://huggingface.co/org/name", "huggingface org/name"),
    ("https://user:hf_x@huggingface.co/org/name.git", "huggingface org/name"),
    ("git@hf.co:org/name", "huggingface org/name"),
    ("/home/someone/repositories/name", "git -"), ("file:///home/x", "git -"),
  ])
  func `the origin is recorded without secrets or local paths`(
    url: String, expected: String
  ) throws {
    let folder = try Self.checkout(Self.config(url))
    let found = try #require(try crawl(.directory(folder.path)).repository.provenance)
    #expect("\(found.kind) \(found.repository ?? "-")" == expected)
    #expect(found.revision == commit && found.isClaimed)
  }

  @Test func `detached, packed and missing references`() throws {
    let detached = try Self.checkout("", head: "\(other)\n")
    #expect(try crawl(.directory(detached.path)).repository.provenance?.revision == other)
    let packed = try Self.checkout("")
    try packed.remove(".git/refs/heads/main")
    try packed.write(
      "# pack-refs with: peeled\n\(other) refs/heads/dev\n\(commit) refs/heads/main\n^\(other)\n",
      to: ".git/packed-refs")
    #expect(try crawl(.directory(packed.path)).repository.provenance?.revision == commit)
    let empty = try Self.checkout("", head: "ref: refs/heads/none\n")
    #expect(try crawl(.directory(empty.path)).repository.provenance == nil)
    let hostile = try Self.checkout("", head: "ref: refs/../../../../etc/passwd\n")
    #expect(try crawl(.directory(hostile.path)).repository.provenance == nil)
  }

  @Test func `the file of a worktree leads to its repository`() throws {
    let folder = try Self.checkout(Self.config("https://github.com/org/name"))
    try folder.move("a.txt", to: "tree/a.txt")
    try folder.write("ref: refs/heads/main\n", to: ".git/worktrees/tree/HEAD")
    try folder.write("../..\n", to: ".git/worktrees/tree/commondir")
    try folder.write("gitdir: \(folder.path(".git/worktrees/tree"))\n", to: "tree/.git")
    let found = try crawl(.directory(folder.path("tree"))).repository
    #expect(found.provenance?.revision == commit)
    #expect(found.provenance?.repository == "https://github.com/org/name")
    // The file itself is content: only a folder of that name is left out.
    #expect(found.entries.map(\.path.description) == [".git", "a.txt"])
  }

  @Test func `a checkout in an archive is read too`() throws {
    var tar = TarBuilder()
    tar.add(".git", type: "5", mode: 0o755)
    tar.add(".git/HEAD", Array("ref: refs/heads/main\n".utf8))
    tar.add(".git/refs/heads/main", Array("\(commit)\n".utf8))
    tar.add(".git/hooks/evil", Array("x".utf8))
    tar.add("a.txt", [1])
    tar.end()
    let folder = try TemporaryFolder()
    try folder.write(tar.bytes, to: "a.tar")
    let found = try crawl(.archive(folder.path("a.tar"))).repository
    #expect(found.provenance?.revision == commit)
    #expect(found.entries.map(\.path.description) == ["a.txt"])
    #expect(found.exclusions.map(\.path.description) == [".git"])
  }
}
