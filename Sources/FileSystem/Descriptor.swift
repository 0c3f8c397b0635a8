internal import Glibc

/// An open descriptor that is closed with its owner.
struct Descriptor: ~Copyable, Sendable {
  let number: Int32

  init(owning number: Int32) {
    self.number = number
  }

  deinit {
    _ = close(number)
  }

  /// What `fstat` says.
  func facts(_ path: @autoclosure () -> String) throws(FileSystemError) -> FileFacts {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw .last("look at", path()) }
    return FileFacts(status)
  }

  /// A second descriptor for the same open file, never one of the three standard ones.
  func duplicate(_ path: @autoclosure () -> String) throws(FileSystemError) -> Descriptor {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw .last("open", path()) }
    return Descriptor(owning: copy)
  }
}

/// Runs `call` again as long as a signal interrupts it.
@inline(__always)
func retrying<Number: SignedInteger>(_ call: () -> Number) -> Number {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

/// Hands `bytes` with a terminating NUL to `body`, without touching the heap for usual lengths.
@inline(__always)
func withCString<Output>(
  _ bytes: ArraySlice<UInt8>, _ body: (UnsafePointer<CChar>) -> Output
) -> Output {
  unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
    var index = 0
    for byte in bytes {
      unsafe buffer[index] = CChar(bitPattern: byte)
      index += 1
    }
    unsafe buffer[index] = 0
    // At least the NUL is there, so there is an address.
    return unsafe body(UnsafePointer(buffer.baseAddress.unsafelyUnwrapped))
  }
}

/// Whether `name` is one plain component that a call relative to a folder cannot leave it by.
func isPlainName(_ name: ArraySlice<UInt8>) -> Bool {
  let dot = UInt8(ascii: ".")
  if name.isEmpty || name.contains(0) || name.contains(UInt8(ascii: "/")) { return false }
  return !(name.elementsEqual([dot]) || name.elementsEqual([dot, dot]))
}
