import Core
package import Engine
import Lockfile

/// What the hook has to say of what is staged.
package enum HookReport {
  /// A section for every model that is touched.
  package static func text(_ outcome: Hook.Outcome, style: TextStyle = .plain) -> [UInt8] {
    if outcome.models.isEmpty {
      return Array("nothing staged touches \(known(outcome.known))\n".utf8)
    }
    return Array(outcome.models.map { section($0, style) }.joined(separator: "\n").utf8)
  }

  private static func known(_ count: Int) -> String {
    switch count {
    case 0: "a model: no lockfile is in the repository"
    case 1: "the model"
    default: "one of the \(Amount.grouped(count)) models"
    }
  }

  private static func section(_ model: Hook.Model, _ style: TextStyle) -> String {
    let lockfile = Printable.line(model.lockfile)
    var text = style.bold(Printable.line(model.name)) + ": "
    if model.holds {
      text += style.good("agrees") + " with \(lockfile) "
      text += "(\(Amount.counted(model.compared, "entry", "entries")) looked at)\n"
    } else {
      text += style.bad("does not agree") + " with \(lockfile)\n"
    }
    switch model.state {
    case .unchanged: break
    case .added: text += "  the lockfile is new\n"
    case .changed(let summary): text += "  the lockfile changes: \(summary)\n"
    case .removed:
      text += "  the lockfile is deleted while files of its tree stay\n"
    }
    text += DifferenceText.render(model.differences, style: style)
    for (path, reason) in model.uncovered {
      text += "  \(style.bad("unknown"))  \(Printable.line(path))  (\(Printable.line(reason)))\n"
    }
    for link in model.unprovenLinks {
      text += "  \(style.bad("unproven")) \(Printable.line(link.finding.location.path.description))"
      text += "  (\(Printable.line(link.finding.message)))\n"
    }
    if let pin = model.pin {
      text += "  pin      expected  sha256:\(pin.expected)\n"
      text += "           found     sha256:\(pin.found)\n"
    }
    return text
  }
}
