/// The fields of a JSON object that came in: each is read when it is wanted, and no more than is wanted.
struct Fields: Decodable {
  private let container: KeyedDecodingContainer<Name>

  init(from decoder: any Decoder) throws {
    container = try decoder.container(keyedBy: Name.self)
  }

  /// A field that must be there, in the type that the protocol gives it.
  func read<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws(UnreadableField) -> Value {
    guard let value = try? container.decode(type, forKey: Name(name)) else { throw UnreadableField(name: name) }
    return value
  }

  /// A field that may be missing, null, or unreadable, which comes to the same.
  func optional<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) -> Value? {
    try? container.decode(type, forKey: Name(name))
  }

  /// A list whose unreadable rows are left out.
  func rows(_ name: String) throws(UnreadableField) -> [Fields] {
    try read(name, as: [Lenient<Fields>].self).compactMap(\.value)
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  private struct Lenient<Value: Decodable>: Decodable {
    let value: Value?
    init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
  }
}

/// A field is missing or has another type than the protocol gives it.
struct UnreadableField: Error, Hashable {
  var name: String
}
