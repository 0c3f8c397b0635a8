import Core

/// Images and remote build contexts in quoted texts of languages that have no reader here:
/// Jenkinsfiles, Nextflow, HCL of bake, Terraform and Nomad.
enum ImageLiterals {
  /// Larger files are no configuration, in bytes.
  private static let limit = 1 << 20

  static func isNamed(_ path: RelativePath) -> Bool {
    let name = path.name.lowercased()
    return name == "jenkinsfile" || name.hasPrefix("jenkinsfile.") || name == "nextflow.config"
      || ["nf", "hcl", "tf", "jenkinsfile", "nomad"].contains(path.suffix)
  }

  /// Words before a text that make it an image.
  private static func names(_ path: RelativePath) -> Set<String> {
    switch path.suffix {
    case "nf", "config": ["container"]
    case "hcl", "tf", "nomad": ["image"]
    default: ["image", "docker"]
    }
  }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let bytes = context.bytes
    guard bytes.count <= limit else { return }
    let names = names(context.path)
    let isTerraform = context.path.suffix == "tf"
    let isBake = context.path.name.lowercased().contains("bake")
    // In HCL a name alone can stand for the image of a virtual machine.
    let needsTag = ["hcl", "tf", "nomad"].contains(context.path.suffix)
    var index = 0
    var line = 1
    var lineStart = 0
    var word = ""
    var wordEnd = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case 0x0A:
        index += 1
        line += 1
        lineStart = index
      case UInt8(ascii: "#") where needsTag || index == lineStart,
        UInt8(ascii: "/") where bytes[index...].starts(with: "//".utf8):
        index = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        var end = index + 1
        while end < bytes.count, bytes[end] != byte, bytes[end] != 0x0A {
          end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        end = min(end, bytes.count)
        let text = String(decoding: bytes[(index + 1)..<max(index + 1, end)], as: UTF8.self)
        let isNear = bytes[wordEnd..<index].allSatisfy { $0.isBlank || "(:=>".utf8.contains($0) }
        let location = context.location(
          TextPosition(line: line, column: index - lineStart + 2),
          TextPosition(line: line, column: end - lineStart + 1))
        if context.path.suffix == "nf", word == "conda", isNear {
          CondaManifest.specs(text, at: location, into: &collector)
        } else if text.hasPrefix("docker-image://") {
          image(String(text.dropFirst(15)), location, into: &collector)
        } else if isNear, names.contains(word), !needsTag || text.contains(":") {
          image(text, location, into: &collector)
        } else if isBake || isTerraform && word == "source" && text.contains("::")
          || isTerraform && word == "source" && text.hasPrefix("github.com/"), isNear,
          let source = GitSource.dependency(text, at: location, group: word)
        {
          collector.dependencies.append(source)
        }
        index = end < bytes.count && bytes[end] == byte ? end + 1 : end
        word = ""
        wordEnd = index
      case _ where byte.isNameByte:
        let start = index
        while index < bytes.count, bytes[index].isNameByte { index += 1 }
        word = String(decoding: bytes[start..<index].prefix(40), as: UTF8.self)
        wordEnd = index
      default: index += 1
      }
    }
  }

  private static func image(
    _ text: String, _ location: Location, into collector: inout ManifestCollector
  ) {
    let isPlain = text.utf8.allSatisfy { $0 > 0x20 } && text.filter { $0 == ":" }.count <= 2
    guard isPlain, text.utf8.count < 300,
      let dependency = ImageReference.dependency(text, at: location, group: nil)
    else { return }
    collector.dependencies.append(dependency)
  }
}

/// A repository that a build takes as its context: `https://host/o/r.git#ref:folder`,
/// `docker-image://name`, `oci://name`.
enum GitSource {
  static func dependency(_ text: String, at location: Location, group: String) -> Dependency? {
    for scheme in ["docker-image://", "oci://"] where text.hasPrefix(scheme) {
      return ImageReference.dependency(
        String(text.dropFirst(scheme.utf8.count)), at: location, group: group)
    }
    let isRepository =
      text.hasPrefix("git@") || text.hasPrefix("git://") || text.hasPrefix("github.com/")
      || text.hasPrefix("https://") || text.hasPrefix("http://") || text.hasPrefix("git::")
    guard isRepository, !text.contains("${{") else { return nil }
    var name = text[...]
    var reference = ""
    if let mark = name.firstIndex(of: "#") {
      reference = String(name[name.index(after: mark)...].prefix { $0 != ":" })
      name = name[..<mark]
    } else if let mark = name.firstRange(of: "?ref=") {
      reference = String(name[mark.upperBound...].prefix { $0 != "&" })
      name = name[..<mark.lowerBound]
    }
    if name.hasPrefix("git::") { name = name.dropFirst(5) }
    var dependency = Dependency(
      .git, String(name), reference,
      reference.isEmpty ? .nothing : Dependency.Level(Pinning(git: reference)), at: location,
      group: group, construct: text)
    dependency.isPlaintext = text.hasPrefix("http://") || text.hasPrefix("git://")
    return dependency
  }
}
