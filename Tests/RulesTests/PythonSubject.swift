import Core
import Rules
import Testing

/// A repository that holds one Python module.
func pythonSubject(_ text: String, path: String = "load.py") throws -> Subject {
  try pythonSubject(Array(text.utf8), at: RelativePath(path))
}

/// A repository that holds one Python module, by its bytes.
func pythonSubject(_ bytes: [UInt8], at path: RelativePath) throws -> Subject {
  let source = SourceFile(
    path: path, entry: path, role: .code, format: FileFormat("python"), isExecutable: false,
    bytes: bytes, isWhole: true, claims: .python)
  let digest = try #require(SHA256Digest([UInt8](repeating: 0, count: 32)))
  let record = FileRecord(
    size: UInt64(bytes.count), isExecutable: false, digest: digest, role: .code,
    format: FileFormat("python"))
  return Subject(Repository(entries: [Entry(path, .file(record))], sources: [source]))
}

/// What the families download and execution report of one Python module, inventory left out.
func fetchFindings(_ text: String) throws -> [Finding] {
  let subject = try pythonSubject(text)
  return RuleCatalogue.all.filter { ["download", "execution"].contains($0.id.family) }
    .flatMap { $0.init().findings(in: subject) }
    .filter { $0.severity > .info }
    .sorted()
}
