import Mappings
import ShowFiles

/// Something that two mappings say differently: a control, or a setting of the whole.
struct MapDifference: Encodable {
  var control: String?
  /// `surface`, `switchers`, `allow-scripts` or `pages`.
  var setting: String?
  var page: String?
  /// Nothing where it says nothing.
  var before: String?
  var after: String?

  /// By what is written, whatever it means: of a mapping with problems too.
  static func written(_ one: MappingOutline, _ other: MappingOutline) -> [MapDifference] {
    between(one, other) { slot in
      (one[slot]?.words ?? []).elementsEqual(other[slot]?.words ?? []) { $0.isWritten(as: $1) }
    }
  }

  /// By meaning: quotation marks, spacing, the order of lines and what goes without saying do not count.
  ///
  /// - Throws: ``Problems`` where one of them has no meaning.
  static func meant(_ one: MapDocument, _ other: MapDocument) throws(Problems) -> [MapDifference] {
    let (a, b) = (try one.mapping(), try other.mapping())
    return settings(a, b)
      + between(one.outline, other.outline) { slot in
        a[slot] == b[slot]
          && (a[slot]?.actions ?? []).elementsEqual(b[slot]?.actions ?? []) { $0.words.isWritten(as: $1.words) }
      }
  }

  private static func between(
    _ one: MappingOutline, _ other: MappingOutline, isSame: (MappingOutline.Slot) -> Bool
  ) -> [MapDifference] {
    let slots = one.entries.map(\.slot) + other.entries.map(\.slot).filter { one[$0] == nil }
    return slots.filter { !isSame($0) }.map { slot in
      MapDifference(
        control: slot.control, page: slot.page, before: one[slot]?.words.joined(separator: ", "),
        after: other[slot]?.words.joined(separator: ", "))
    }
  }

  private static func settings(_ a: Mapping, _ b: Mapping) -> [MapDifference] {
    func list(_ names: [String]) -> String? { names.isEmpty ? nil : names.joined(separator: ", ") }
    let all: [(String, String?, String?)] = [
      ("surface", a.surface, b.surface), ("switchers", list(a.switchers), list(b.switchers)),
      ("allow-scripts", a.allowsScripts ? "true" : nil, b.allowsScripts ? "true" : nil),
      ("pages", list(a.pages.map(\.name)), list(b.pages.map(\.name))),
    ]
    return all.filter { $0.1 != $0.2 }.map { MapDifference(setting: $0.0, before: $0.1, after: $0.2) }
  }

  var title: String { (control ?? setting ?? "") + (page.map { " (\($0))" } ?? "") }
}

extension Mapping {
  fileprivate subscript(slot: MappingOutline.Slot) -> Binding? {
    let bindings = slot.page.map { name in pages.first { $0.name == name }?.bindings ?? [] } ?? bindings
    return bindings.first { $0.control == slot.control }
  }
}
