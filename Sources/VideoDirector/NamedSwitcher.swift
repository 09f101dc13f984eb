import Mappings

/// A switcher of the desk: what the mapping calls it, and where it is.
struct NamedSwitcher: Sendable {
  var name: String
  var url: SwitcherURL

  /// Gives every switcher a name: its own, one of the mapping's that is left, or that of its kind.
  ///
  /// - Parameter names: those that the mapping says it speaks of.
  /// - Throws: a ``Complaint`` where two have one name.
  static func all(_ urls: [SwitcherURL], names: [String]) throws -> [NamedSwitcher] {
    let urls = urls.isEmpty ? [.rehearsal] : urls
    var free = names.filter { name in !urls.contains { $0.name == name } }[...]
    let all = urls.map { NamedSwitcher(name: $0.name ?? free.popFirst() ?? $0.kind, url: $0) }
    for (index, switcher) in all.enumerated() where all[..<index].contains(where: { $0.name == switcher.name }) {
      throw Complaint(
        "two switchers are called \(switcher.name): name them apart, such as --switcher main=\(switcher.url.text)")
    }
    return all
  }
}

extension Mapping {
  /// What to say of the switchers that it speaks of, and that are not there.
  func missing(_ switchers: [NamedSwitcher]) -> [String] {
    addressed.filter { name in !switchers.contains { $0.name == name } }.map { name in
      "the mapping speaks of a switcher \(name), and there is none: start with --switcher \(name)=URL"
    }
  }
}
