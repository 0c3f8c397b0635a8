import Archives
package import Core
import FileSystem
import Formats

/// `inspect`: what a weight file holds.
package enum Inspect {
  /// A tensor as the file's header declares it.
  package struct Tensor: Hashable, Sendable {
    package let name: String
    /// The element type as the format names it: `F16`, `Q4_K`, …
    package let type: String
    package let shape: [UInt64]
    /// Its bytes in the file; nil where the format does not tell.
    package let range: Range<UInt64>?

    package init(name: String, type: String, shape: [UInt64], range: Range<UInt64>?) {
      self.name = name
      self.type = type
      self.shape = shape
      self.range = range
    }
  }

  /// What the file's header says of the model.
  package struct Metadata: Hashable, Sendable {
    package let key: String
    /// As text; long values are cut by whoever shows them.
    package let value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  package struct Outcome: Sendable {
    package let path: String
    package let role: Role
    package let format: FileFormat?
    /// Bytes.
    package let size: UInt64
    package let tensors: [Tensor]
    package let metadata: [Metadata]
    /// Names that loading the file imports, `module.name`, in byte order.
    package let imports: [String]
    /// What could not be examined, and why.
    package let remarks: [String]
  }

  /// Looks into the file at `path`. Nothing in it is loaded or run.
  package static func run(_ path: String, in context: RunContext) throws(EngineError) -> Outcome {
    guard let location = SystemPath(path) else {
      throw .argument("`\(path)` is no path")
    }
    do throws(FileSystemError) {
      let file = try OpenFile.open(location)
      guard file.facts.kind == .file else {
        throw FileSystemError.unexpectedKind(
          path: path, expected: .file, found: file.facts.kind)
      }
      return try examine(file, path: path)
    } catch {
      throw .file(error)
    }
  }

  private static func examine(
    _ file: consuming OpenFile, path: String
  ) throws(FileSystemError) -> Outcome {
    let size = file.facts.size
    let head = try file.bytes(in: 0..<min(size, UInt64(FileKind.headSize)), path)
    let name = Array((path.split(separator: "/").last.map(String.init) ?? path).utf8)
    var kind = FileKind.identify(path: name, head: head.span, size: size)
    var tensors: [Tensor] = []
    var metadata: [Metadata] = []
    var imports: Set<String> = []
    var remarks: [String] = []
    do {
      if let header = try WeightHeader.read(file, path: path) {
        tensors = header.tensors.map {
          Tensor(name: $0.name, type: $0.type, shape: $0.shape, range: $0.range)
        }
        metadata = header.metadata
      }
    } catch let error as FileSystemError {
      throw error
    } catch {
      remarks.append("the header could not be read: \(error)")
    }
    if kind.claims.contains(.zip) {
      examineZip(file, path: path, &kind, name: name, &imports, &remarks)
    } else if kind.claims.contains(.pickle) {
      if size <= pickleLimit {
        add(PickleImports(try file.bytes(in: 0..<size, path)), of: path, &imports, &remarks)
      } else {
        remarks.append("a pickle of \(size) bytes is too large to examine")
      }
    } else if tensors.isEmpty, metadata.isEmpty, remarks.isEmpty {
      remarks.append("no reader for the inside of this format: \(kind.format?.name ?? "unknown")")
    }
    return Outcome(
      path: path, role: kind.role, format: kind.format, size: size, tensors: tensors,
      metadata: metadata,
      imports: imports.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, remarks: remarks)
  }

  /// The pickles of a zip, as `torch.save` writes them.
  private static func examineZip(
    _ file: consuming OpenFile, path: String, _ kind: inout FileKind, name: [UInt8],
    _ imports: inout Set<String>, _ remarks: inout [String]
  ) {
    do throws(ArchiveError) {
      let reader = try ArchiveReader(ArchiveInput(file, path: path), isLenient: true)
      var names: [[UInt8]] = []
      while let member = try reader.next() {
        names.append(member.name)
        let suffix = member.name.suffix(4)
        guard suffix.elementsEqual(".pkl".utf8) || suffix.elementsEqual("ckle".utf8) else {
          continue
        }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while content.count <= Int(pickleLimit) {
          let count = try reader.read(into: &buffer)
          if count == 0 { break }
          content += buffer[..<count]
        }
        let place = "\(path)!/\(String(decoding: member.name, as: UTF8.self))"
        add(PickleImports(content), of: place, &imports, &remarks)
      }
      kind = kind.refined(zipMembers: names, path: name)
    } catch {
      remarks.append("the zip could not be read: \(error)")
    }
  }

  private static func add(
    _ found: PickleImports, of place: String, _ imports: inout Set<String>,
    _ remarks: inout [String]
  ) {
    imports.formUnion(found.names)
    if let problem = found.problem {
      remarks.append("\(place): the pickle could not be read whole: \(problem)")
    }
  }

  private static let pickleLimit: UInt64 = 256 << 20
}
