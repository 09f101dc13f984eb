package import Switching

/// `AuxS`: the source on an auxiliary bus.
package struct Auxiliary: StateMessage {
  package static let name: CommandName = "AuxS"

  /// Counted from 0.
  package var bus: UInt8 = 0
  package var source: SourceID = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &bus)
    wire.number(2, &source)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    guard state.set(\.auxiliaries[bus], to: source) else { return [] }
    return [.auxiliary(bus: Int(bus) + 1, source: state.names[source])]
  }

  /// `CAuS`.
  package struct Change: Message {
    package static let name: CommandName = "CAuS"

    package var mask: UInt8 = 1
    package var bus: UInt8 = 0
    package var source: SourceID = 0

    package init() {}
    package init(bus: UInt8, source: SourceID) {
      self.bus = bus
      self.source = source
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.number(0, &mask)
      wire.number(1, &bus)
      wire.number(2, &source)
    }
  }
}
