/// The version of the protocol that a switcher speaks, which follows from its firmware.
package struct ProtocolVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  package var major: UInt16
  package var minor: UInt16

  package init(_ major: UInt16, _ minor: UInt16) { (self.major, self.minor) = (major, minor) }

  /// Firmware 7.5.2: the topology is longer.
  package static let minor27 = ProtocolVersion(2, 27)
  /// Firmware 8.0: classic audio inputs are shorter.
  package static let minor28 = ProtocolVersion(2, 28)
  /// Firmware 8.0.1: downstream keys say which way they go.
  package static let minor29 = ProtocolVersion(2, 29)
  /// Firmware 8.1.1: one more byte in the topology.
  package static let minor30 = ProtocolVersion(2, 30)

  package static func < (a: ProtocolVersion, b: ProtocolVersion) -> Bool { (a.major, a.minor) < (b.major, b.minor) }

  package var description: String { "\(major).\(minor)" }
}
