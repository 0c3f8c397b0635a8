package import Core
import Languages

/// Lists addresses of weights that configurations hold.
package struct ConfiguredAddress: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/configured-address",
    severity: .medium,
    summary: "A model's configuration holds the address of weights, and no digest of them.",
    why: """
      Nothing is fetched by the file itself, but the address is there for a program to fetch, and a \
      checkpoint can hold code. Whoever controls the server decides what arrives. Addresses in \
      configurations of other programs are listed for information: the code that fetches them is \
      reported itself.
      """,
    fix: "Name an address with a full commit in it, or put the SHA-256 digest beside the address.",
    example: (
      "\"ckpt_url\": \"https://example.org/model.ckpt\"",
      "\"ckpt_url\": \"https://huggingface.co/org/model/resolve/<40 hex digits>/model.ckpt\""
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    ConfigurationTexts.all(in: subject) { Self.address($0) != nil }.flatMap { file in
      file.texts.count > ConfigurationTexts.catalogueSize
        ? Self.catalogue(file) : file.texts.compactMap { Self.finding($0, file) }
    }
  }

  private static func finding(_ text: ConfiguredText, _ file: ConfigurationTexts) -> Finding? {
    guard let address = address(text) else { return nil }
    let pinning = ConfigurationKey.hasDigest(text) ? .content : address.pinning
    let severity: Severity =
      pinning.isFixed || !file.isLoaded ? .info : documentation.severity
    return Finding(
      id, severity, at: file.location(text), .holds(address.text, text.key, pinning),
      pinning: pinning,
      reference: .download(target: address.text, revision: address.revision),
      fix: documentation.fix, construct: "\(text.key) \(address.text)")
  }

  /// A file of many addresses is a list to choose from: told once.
  private static func catalogue(_ file: ConfigurationTexts) -> [Finding] {
    guard let first = file.texts.first else { return [] }
    return [
      Finding(
        id, .info, at: file.location(first), .lists(file.texts.count, first.text),
        fix: documentation.fix, construct: "\(file.texts.count) addresses")
    ]
  }

  /// The address of weights that a text is; nil for any other text.
  private static func address(_ text: ConfiguredText) -> Address? {
    let bytes = text.text.utf8
    guard bytes.count <= 2_000, schemes.contains(where: { bytes.starts(with: $0.utf8) }),
      bytes.allSatisfy({ $0 > 0x20 }), let address = Address(text.text), !address.host.isEmpty,
      address.pinning != .local
    else { return nil }
    let name = address.path.last ?? ""
    // Arrays are data as a rule.
    if ["npy", "npz"].contains(WeightName.suffix(name)) { return nil }
    if WeightName.isWeights(name) { return address }
    // A file of a hub's repository by its address.
    if address.path.contains("resolve"), address.path.count > 4, !isPage(name) { return address }
    let key = ConfigurationKey.normalised(text.key)
    let isNamed = ["ckpt", "checkpoint", "weights", "pretrained"].contains(where: key.contains)
    return isNamed && (WeightName.isArchive(name) || key.hasSuffix("url")) ? address : nil
  }

  private static let schemes = ["http://", "https://", "hf://", "s3://", "gs://", "ftp://"]

  private static func isPage(_ name: String) -> Bool {
    ["gif", "htm", "html", "jpeg", "jpg", "json", "md", "mp4", "pdf", "png", "svg", "txt", "wav"]
      .contains(WeightName.suffix(name))
  }
}

extension String {
  fileprivate static func lists(_ count: Int, _ first: String) -> String {
    let shown = first.count <= 160 ? first : "\(first.prefix(157))…"
    return "names \(count) addresses of weights, \(shown) the first of them"
  }

  fileprivate static func holds(_ address: String, _ key: String, _ pinning: Pinning) -> String {
    let shown = address.count <= 160 ? address : "\(address.prefix(157))…"
    return switch pinning {
    case .content: "`\(key)` names the weights at \(shown), with a digest beside it"
    case .commit: "`\(key)` names the weights at \(shown), fixed by commit"
    default: "`\(key)` names the weights at \(shown), without a digest"
    }
  }
}
