import Yams

/// A mapping as it is written: every binding with its parts in words, faulty ones too, and where each stands.
///
/// ``MappingFile`` reads what a mapping does; this reads what it says, so that it can be shown, compared and edited.
public struct MappingOutline: Sendable {
  /// Where a binding belongs: a control, on a page or on all of them.
  public struct Slot: Hashable, Sendable {
    public var control: String
    /// `nil` for the table that holds on every page.
    public var page: String?

    public init(_ control: String, page: String? = nil) {
      self.control = control
      self.page = page
    }
  }

  /// `do: take`, `hold: 1s`, `on-double: cut`.
  public struct Part: Hashable, Sendable {
    public var name: String
    /// The value's text; of a list `[-60dB, 0dB]`.
    public var text: String
    /// Counted from 1.
    public var line: Int
    public var column: Int
    /// Whether the text stands in quotation marks, so that its words begin one column later.
    public var isQuoted: Bool
  }

  public struct Entry: Sendable {
    public var slot: Slot
    public var parts: [Part]
    public var line: Int
    public var column: Int

    public subscript(name: String) -> String? { parts.first { $0.name == name }?.text }
    /// What a plain press or a move does.
    public var action: String? { self[Self.action] }

    public static let action = "do"
  }

  public var surface: String?
  public var entries: [Entry] = []
  /// In the order of the file, with the line of each.
  public var pages: [(name: String, line: Int)] = []
  public var allowsScripts = false
  /// The names of the switchers that it says it speaks of.
  public var switchers: [String] = []

  /// - Throws: ``Problems`` where the text is no table of names and values.
  public init(_ text: String, file: String) throws(Problems) {
    var reader = YAMLReader(file: file)
    guard let node = reader.document(text) else { throw Problems(reader.problems) }
    surface = node["surface"]?.scalar?.string
    allowsScripts = node["allow-scripts"]?.bool ?? false
    switchers = node["switchers"]?.sequence?.compactMap { $0.scalar?.string } ?? []
    read(node["bindings"], page: nil)
    for (key, page) in node["pages"]?.mapping ?? Node.Mapping([]) {
      guard let name = key.string else { continue }
      pages.append((name, key.mark?.line ?? 1))
      read(page["bindings"], page: name)
    }
  }

  public subscript(slot: Slot) -> Entry? { entries.first { $0.slot == slot } }

  private mutating func read(_ table: Node?, page: String?) {
    for (key, value) in table?.mapping ?? Node.Mapping([]) {
      guard let control = key.string else { continue }
      var parts: [Part] = []
      if let fields = value.mapping {
        for (name, field) in fields where name.string != nil { parts.append(Part(name.string ?? "", field)) }
      } else {
        parts.append(Part(Entry.action, value))
      }
      entries.append(
        Entry(
          slot: Slot(control, page: page), parts: parts, line: key.mark?.line ?? 1, column: key.mark?.column ?? 1))
    }
  }
}

extension MappingOutline.Part {
  fileprivate init(_ name: String, _ node: Node) {
    self.name = name
    text = node.outlined
    line = node.mark?.line ?? 1
    column = node.mark?.column ?? 1
    isQuoted = node.scalar.map { $0.style == .singleQuoted || $0.style == .doubleQuoted } ?? false
  }
}

extension Node {
  /// A value in one line.
  fileprivate var outlined: String {
    if let scalar { return scalar.string }
    if let sequence { return "[" + sequence.map(\.outlined).joined(separator: ", ") + "]" }
    let fields = mapping?.map { "\($0.key.outlined): \($0.value.outlined)" } ?? []
    return "{" + fields.joined(separator: ", ") + "}"
  }
}
