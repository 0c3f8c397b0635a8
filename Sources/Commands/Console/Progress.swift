import Reporting
import Synchronization

/// A line that says how far long work is: redrawn in place on a terminal, now and then elsewhere.
package final class Progress: Sendable {
  package enum Mode: Sendable {
    /// Where the work turns out to be long.
    case automatic
    case always
    case never
  }

  /// How far the work is.
  package struct Amounts: Equatable, Sendable {
    package var bytes: UInt64
    /// All there is to do, as far as it is known.
    package var totalBytes: UInt64
    package var files: UInt64
    package var totalFiles: UInt64
    /// Whether the totals are final.
    package var isListed: Bool

    package init(
      bytes: UInt64, totalBytes: UInt64, files: UInt64, totalFiles: UInt64, isListed: Bool
    ) {
      self.bytes = bytes
      self.totalBytes = totalBytes
      self.files = files
      self.totalFiles = totalFiles
      self.isListed = isListed
    }
  }

  private struct State {
    var lastDrawn: UInt64?
    /// How many plain lines there were.
    var lines: UInt64 = 0
    var isVisible = false
  }

  private let activity: String
  private let mode: Mode
  private let terminal: Terminal
  private let started: UInt64
  private let state = Mutex(State())

  init(_ activity: String, _ mode: Mode, _ terminal: Terminal) {
    self.activity = activity
    self.mode = mode
    self.terminal = terminal
    started = terminal.nanoseconds()
  }

  /// Whether anything will ever be shown.
  package var isShown: Bool { mode != .never }

  /// Tells how far the work is; cheap enough to be called ten times a second.
  package func update(_ amounts: Amounts) {
    guard mode != .never else { return }
    let now = terminal.nanoseconds()
    state.withLock { state in
      if terminal.diagnosticsIsTerminal {
        redraw(amounts, now, &state)
      } else {
        printLine(amounts, now, &state)
      }
    }
  }

  /// Takes the line away.
  package func finish() {
    state.withLock { state in
      if state.isVisible { terminal.diagnostics.write(Array("\r\u{1B}[K".utf8)) }
      state.isVisible = false
    }
  }

  private func redraw(_ amounts: Amounts, _ now: UInt64, _ state: inout State) {
    // Short work needs no line.
    if mode == .automatic, now &- started < 400_000_000 { return }
    if let last = state.lastDrawn, now &- last < 100_000_000 { return }
    state.lastDrawn = now
    state.isVisible = true
    let line = line(amounts, now).prefix(max(10, terminal.width - 1))
    terminal.diagnostics.write(Array("\r\u{1B}[K\(line)".utf8))
  }

  private func printLine(_ amounts: Amounts, _ now: UInt64, _ state: inout State) {
    // After 10 s, then after ever more: a log of an hour's work gets some twenty lines.
    let first: UInt64 = mode == .always ? 1_000_000_000 : 10_000_000_000
    let wait = first &+ min(state.lines &* 20_000_000_000, 300_000_000_000)
    guard now &- (state.lastDrawn ?? started) >= wait else { return }
    state.lastDrawn = now
    state.lines += 1
    terminal.diagnostics.write(Array("\(line(amounts, now))\n".utf8))
  }

  private func line(_ amounts: Amounts, _ now: UInt64) -> String {
    var text = "\(activity)  \(Amount.bytes(amounts.bytes))"
    let total = max(amounts.totalBytes, amounts.bytes)
    if amounts.isListed { text += " of \(Amount.bytes(total))" }
    text += "  \(Amount.grouped(Int(clamping: amounts.files)))"
    if amounts.isListed { text += " of \(Amount.grouped(Int(clamping: amounts.totalFiles)))" }
    text += " files"
    let elapsed = Double(now &- started) / 1e9
    guard elapsed > 0.2, amounts.bytes > 0 else { return text }
    let rate = Double(amounts.bytes) / elapsed
    text += rate < 1e8 ? "  \(Int(rate / 1e6)) MB/s" : "  \(Self.gigabytes(rate)) GB/s"
    // Once everything is hashed, what remains is to look into it, and nobody knows how long.
    if amounts.isListed, amounts.bytes < total {
      let left = Double(total - amounts.bytes) / rate
      text +=
        "  \(Amount.duration(seconds: UInt64(clamping: Int(min(left, 1e9).rounded(.up))))) left"
    }
    return text
  }

  /// Bytes a second in GB/s with two decimals.
  private static func gigabytes(_ rate: Double) -> String {
    let hundredths = Int(min(rate / 1e7, 1e9))
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
