/// The body of a command on its way in or out: one description of a layout serves both ways.
///
/// Numbers are big-endian; offsets count from the start of the body.
package protocol Wire {
  /// The version spoken: layouts differ between them.
  var version: ProtocolVersion { get }
  /// How long the body is; while writing, how long it is so far.
  var length: Int { get }

  mutating func number<Number: FixedWidthInteger & Sendable>(_ offset: Int, _ value: inout Number)
  /// Text of a fixed width, ended by a zero; what follows the zero is garbage.
  mutating func text(_ offset: Int, width: Int, _ value: inout String)
  /// Notes that the body makes no sense.
  mutating func fail()
}

extension Wire {
  /// A byte that is a yes or a no.
  package mutating func flag(_ offset: Int, _ value: inout Bool) {
    var byte: UInt8 = value ? 1 : 0
    number(offset, &byte)
    value = byte != 0
  }

  /// A number that stands for something; one that stands for nothing known makes no sense.
  package mutating func choice<Choice: RawRepresentable>(_ offset: Int, _ value: inout Choice)
  where Choice.RawValue: FixedWidthInteger & Sendable {
    var raw = value.rawValue
    number(offset, &raw)
    if let choice = Choice(rawValue: raw) { value = choice } else { fail() }
  }

  package mutating func options<Options: OptionSet>(_ offset: Int, _ value: inout Options)
  where Options.RawValue: FixedWidthInteger & Sendable {
    var raw = value.rawValue
    number(offset, &raw)
    value = Options(rawValue: raw)
  }
}
