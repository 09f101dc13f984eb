import Loops
import Mappings
import Switching

/// A switcher of the desk: what the mapping calls it, and where it is.
struct NamedSwitcher: Sendable {
  var name: String
  var url: SwitcherURL
  var passwordFile: String?

  /// Gives every switcher a name: its own, one of the mapping's that is left, or that of its kind.
  ///
  /// - Parameter names: those that the mapping says it speaks of.
  /// - Throws: a ``Complaint`` where two have one name, or a password is for none of them.
  static func all(
    _ urls: [SwitcherURL], names: [String], passwordFiles: [PasswordFile] = []
  ) throws -> [NamedSwitcher] {
    let urls = urls.isEmpty ? [.rehearsal] : urls
    var free = names.filter { name in !urls.contains { $0.name == name } }[...]
    let all = urls.map { url in
      let name = url.name ?? free.popFirst() ?? url.kind
      return NamedSwitcher(name: name, url: url, passwordFile: passwordFiles.path(for: name))
    }
    for (index, switcher) in all.enumerated() where all[..<index].contains(where: { $0.name == switcher.name }) {
      throw Complaint(
        "two switchers are called \(switcher.name): name them apart, such as --switcher main=\(switcher.url.text)")
    }
    try passwordFiles.check(against: all.map(\.name))
    return all
  }

  /// Makes the switcher, without connecting it.
  ///
  /// - Throws: a ``Complaint`` where its URL names none, or its password cannot be read.
  func switcher(on loop: NIOLoop) throws -> any Switcher { try url.switcher(on: loop, passwordFile: passwordFile) }
}

extension Mapping {
  /// What to say of the switchers that it speaks of, and that are not there.
  func missing(_ switchers: [NamedSwitcher]) -> [String] {
    addressed.filter { name in !switchers.contains { $0.name == name } }.map { name in
      "the mapping speaks of a switcher \(name), and there is none: start with --switcher \(name)=URL"
    }
  }
}
