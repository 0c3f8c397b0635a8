import Core
import Engine
import Foundation
import Lockfile
import TestSupport
import Testing

/// The same tree gives the same bytes, whatever surrounds it.
@Suite struct DeterminismTests {
  private func lock(_ path: String, jobs: Int = 2) throws -> [UInt8] {
    let output = try TemporaryFolder()
    let outcome = try Lock.run(
      Lock.Options(tree: Tree(path), output: output.path("out.lock")),
      in: TestModel.context(jobs: jobs))
    let bytes = try output.bytes("out.lock")
    #expect(bytes == LockfileWriter.write(outcome.lockfile))
    return bytes
  }

  @Test(arguments: ["tiny-ticket-classifier", "tiny-texture-diffusion", "tiny-sentence-encoder"])
  func `workers, creation order, place and packing make no difference`(name: String) throws {
    let model = try TestModel(name)
    let bytes = try lock(model.path)
    #expect(try lock(model.path, jobs: 1) == bytes)
    #expect(try lock(model.path, jobs: 7) == bytes)
    #expect(try lock("\(model.path)/") == bytes)

    // Created in reverse order, elsewhere.
    let other = try TemporaryFolder()
    let paths = try FileManager.default.subpathsOfDirectory(atPath: model.path).sorted().reversed()
    for path in paths {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(model.path)/\(path)")
      switch attributes[.type] as? FileAttributeType {
      case .typeRegular:
        try other.write(
          model.folder.bytes("model/\(path)"), to: "a/deeper/place/\(path)",
          isExecutable: FileManager.default.isExecutableFile(atPath: "\(model.path)/\(path)"))
      case .typeSymbolicLink:
        try other.link(
          "a/deeper/place/\(path)",
          to: FileManager.default.destinationOfSymbolicLink(atPath: "\(model.path)/\(path)"))
      default: break
      }
    }
    #expect(try lock(other.path("a/deeper/place")) == bytes)

    let tar = model.outside.path("model.tar")
    #expect(try Subprocess.run(["tar", "-cf", tar, "-C", model.path, "."]).status == 0)
    #expect(try lock(tar) == bytes)
    let packed = model.outside.path("model.tar.gz")
    #expect(try Subprocess.run(["tar", "-czf", packed, "-C", model.path, "."]).status == 0)
    #expect(try lock(packed) == bytes)
  }

  @Test(arguments: ["tiny-ticket-classifier", "tiny-texture-diffusion", "tiny-sentence-encoder"])
  func `the lockfiles of the model fixtures are the golden ones`(name: String) throws {
    let output = try TemporaryFolder()
    let path = ProjectFolder.fixtures.appending(path: "models/\(name)").path(percentEncoded: false)
    var context = try TestModel.context()
    context.generator = "modelpin 0.1.0"
    let outcome = try Lock.run(
      Lock.Options(tree: Tree(path), output: output.path("out.lock")), in: context)
    try expectGolden(LockfileWriter.write(outcome.lockfile), inProject: "Lockfiles/\(name).lock")
  }
}
