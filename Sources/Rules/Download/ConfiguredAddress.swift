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
      let isCatalogue = file.texts.count > ConfigurationTexts.catalogueSize
      return file.texts.compactMap { text -> Finding? in
        guard let address = Self.address(text) else { return nil }
        let pinning = ConfigurationKey.hasDigest(text) ? .content : address.pinning
        let severity: Severity =
          pinning.isFixed || isCatalogue || !file.isLoaded ? .info : Self.documentation.severity
        return Finding(
          Self.id, severity, at: file.location(text), .holds(address.text, text.key, pinning),
          pinning: pinning,
          reference: .download(target: address.text, revision: address.revision),
          fix: Self.documentation.fix, construct: "\(text.key) \(address.text)")
      }
    }
  }

  /// The address of weights that a text is; nil for any other text.
  private static func address(_ text: ConfiguredText) -> Address? {
    guard text.text.utf8.count <= 2_000, text.text.contains("://"),
      !text.text.contains(where: \.isWhitespace), let address = Address(text.text),
      !address.host.isEmpty, address.pinning != .local, schemes.contains(where: text.text.hasPrefix)
    else { return nil }
    let name = address.path.last ?? ""
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
  fileprivate static func holds(_ address: String, _ key: String, _ pinning: Pinning) -> String {
    let shown = address.count <= 160 ? address : "\(address.prefix(157))…"
    return switch pinning {
    case .content: "`\(key)` names the weights at \(shown), with a digest beside it"
    case .commit: "`\(key)` names the weights at \(shown), fixed by commit"
    default: "`\(key)` names the weights at \(shown), without a digest"
    }
  }
}
