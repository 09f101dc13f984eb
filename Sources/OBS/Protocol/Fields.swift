/// The fields of a JSON object, in their order: a few, so that looking through them is faster than a dictionary.
struct Fields: Sendable {
  struct Field: Hashable, Sendable {
    var name: String
    var value: JSON
  }

  private(set) var all: [Field]

  init(_ all: [Field] = []) { self.all = all }

  /// Of several fields of one name the last counts.
  subscript(name: String) -> JSON? { all.last { $0.name == name }?.value }

  /// A field that must be there, in the type that the protocol gives it.
  func read<Value: JSONReadable>(_ name: String, as type: Value.Type = Value.self) throws(UnreadableField) -> Value {
    guard let value = optional(name, as: type) else { throw UnreadableField(name: name) }
    return value
  }

  /// A name or some words, which are kept or told: what is longer than any that was heard of counts as unreadable.
  func text(_ name: String) throws(UnreadableField) -> String {
    let text: String = try read(name)
    guard text.utf8.count <= 1024 else { throw UnreadableField(name: name) }
    return text
  }

  /// A field that may be missing, null, or unreadable, which comes to the same.
  func optional<Value: JSONReadable>(_ name: String, as type: Value.Type = Value.self) -> Value? {
    self[name].flatMap(Value.init(json:))
  }

  /// A list whose unreadable rows are left out.
  func rows(_ name: String) throws(UnreadableField) -> [Fields] {
    guard case .array(let rows)? = self[name] else { throw UnreadableField(name: name) }
    return rows.compactMap(Fields.init(json:))
  }

  static func + (a: Self, b: Self) -> Self { Self(a.all + b.all) }
}

extension Fields: ExpressibleByDictionaryLiteral {
  init(dictionaryLiteral elements: (String, JSON)...) { all = elements.map { Field(name: $0, value: $1) } }
}

extension Fields: Hashable {
  /// In whatever order.
  static func == (a: Self, b: Self) -> Bool {
    a.all.count == b.all.count && a.all.allSatisfy { a[$0.name] == b[$0.name] }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(all.count) }
}

/// A field is missing or has another type than the protocol gives it.
struct UnreadableField: Error, Hashable {
  var name: String
}

/// What a JSON value can be read as; `nil` where it is of another kind.
protocol JSONReadable {
  init?(json: JSON)
}

extension Bool: JSONReadable {
  init?(json: JSON) {
    guard case .bool(let value) = json else { return nil }
    self = value
  }
}

extension Int: JSONReadable {
  init?(json: JSON) {
    switch json {
    case .integer(let value): self = value
    case .number(let value): self.init(exactly: value)
    default: return nil
    }
  }
}

extension Double: JSONReadable {
  init?(json: JSON) {
    switch json {
    case .integer(let value): self.init(value)
    case .number(let value): self = value
    default: return nil
    }
  }
}

extension String: JSONReadable {
  init?(json: JSON) {
    guard case .string(let value) = json else { return nil }
    self = value
  }
}

extension Fields: JSONReadable {
  init?(json: JSON) {
    guard case .object(let value) = json else { return nil }
    self = value
  }
}

extension Array: JSONReadable where Element: JSONReadable {
  init?(json: JSON) {
    guard case .array(let values) = json else { return nil }
    let read = values.compactMap(Element.init(json:))
    guard read.count == values.count else { return nil }
    self = read
  }
}
