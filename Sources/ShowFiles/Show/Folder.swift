import Glibc

/// One directory of the tree: its entries, and what each is, without opening any.
struct Folder {
  enum Kind: Equatable {
    case file(size: Int, modified: Int)
    case folder(modified: Int)
    /// A link that leads nowhere, in a circle, or out of the tree; in words.
    case badLink(String)
    /// A pipe, socket or device.
    case special
    case unreadable(String)
  }

  struct Entry {
    var name: String
    var kind: Kind
  }

  /// In natural order.
  var entries: [Entry] = []
  /// The names that are not UTF-8, with the wrong bytes as `%FF`.
  var unspeakable: [String] = []

  /// - Throws: in words, where it cannot be listed.
  init(_ path: String, root: String) throws(FolderProblem) {
    guard let folder = opendir(path) else { throw FolderProblem(errno) }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        // The kernel ends the name with a zero, at most 255 bytes on: readdir(3).
        tuple.withMemoryRebound(to: UInt8.self, capacity: 256) {
          Array(UnsafeBufferPointer(start: $0, count: strlen($0)))
        }
      }
      guard let text = String(validating: name, as: UTF8.self) else {
        unspeakable.append(Self.escaped(name))
        continue
      }
      if text != "." && text != ".." {
        entries.append(Entry(name: text, kind: Self.kind(of: text, in: dirfd(folder), path: path, root: root)))
      }
    }
    entries.sort { isInNaturalOrder($0.name, $1.name) }
  }

  private static func kind(of name: String, in folder: Int32, path: String, root: String) -> Kind {
    var info = stat()
    guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { return .unreadable(words(errno)) }
    if info.st_mode & S_IFMT == S_IFLNK {
      guard let target = realpath("\(path)/\(name)", nil) else {
        return .badLink(errno == ELOOP ? "it leads in a circle" : "it leads nowhere")
      }
      defer { free(target) }
      guard String(cString: target).hasPrefix(root + "/") else { return .badLink("it leads out of the show") }
      guard fstatat(folder, name, &info, 0) == 0 else { return .unreadable(words(errno)) }
    }
    let modified = info.st_mtim.tv_sec * 1_000_000_000 + info.st_mtim.tv_nsec
    switch info.st_mode & S_IFMT {
    case S_IFREG: return .file(size: Int(info.st_size), modified: modified)
    case S_IFDIR: return .folder(modified: modified)
    default: return .special
    }
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    bytes.reduce(into: "") { text, byte in
      if (0x20..<0x7F).contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }

  static func words(_ error: Int32) -> String { String(cString: strerror(error)) }
}

/// Why a directory cannot be listed.
struct FolderProblem: Error {
  var code: Int32
  init(_ code: Int32) { self.code = code }

  var message: String {
    switch code {
    case ENOENT: "there is no such folder"
    case ENOTDIR: "this is no folder"
    case EACCES: "listing it is not allowed"
    default: "it cannot be listed (\(Folder.words(code)))"
    }
  }

  var advice: String {
    switch code {
    case EACCES: "chmod u+rx it, or run as its owner"
    default: "name the folder that holds the layers"
    }
  }
}
