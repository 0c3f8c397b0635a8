import FileSystem
import Glibc
import TestSupport

extension TemporaryFolder {
  /// The folder, opened.
  func opened() throws -> Folder {
    try Folder.open(try systemPath(""))
  }

  /// Something in it as an operator's path.
  func systemPath(_ name: String) throws -> SystemPath {
    guard let path = SystemPath(name.isEmpty ? path : path(name)) else {
      throw FileSystemError.system(operation: "name", path: name, code: EINVAL)
    }
    return path
  }

  /// Makes a FIFO.
  func fifo(_ name: String) {
    unsafe mkfifo(path(name), 0o644)
  }

  /// Makes a socket that nobody listens at.
  func socket(_ name: String) {
    let number = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(number) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { bytes in
      for (index, byte) in path(name).utf8.enumerated() where index < bytes.count - 1 {
        unsafe bytes[index] = byte
      }
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    _ = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(number, $0, size)
      }
    }
  }
}

extension String {
  /// The bytes, as calls relative to a folder take them.
  var name: ArraySlice<UInt8> { Array(utf8)[...] }
}
