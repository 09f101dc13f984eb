import FoundationEssentials

/// JSON for scripts: names in order, so that two runs compare.
enum PrettyJSON {
  /// - Parameter isCompact: all in one line.
  static func text(_ value: some Encodable, isCompact: Bool = false) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if !isCompact { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
