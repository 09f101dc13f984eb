package import Switching

/// A command to or of one mix effect; by default it says nothing else.
package protocol MixEffectMessage: Message {
  /// Counted from 0.
  var mixEffect: UInt8 { get set }
}

extension MixEffectMessage {
  package mutating func lay(on wire: inout some Wire) { wire.number(0, &mixEffect) }
}

/// A source on one of its buses.
package protocol BusMessage: MixEffectMessage {
  var source: SourceID { get set }
}

extension BusMessage {
  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mixEffect)
    wire.number(2, &source)
  }
}

/// How long one of its transitions takes.
package protocol RateMessage: MixEffectMessage {
  /// In frames, 1 to 250.
  var rate: UInt8 { get set }
}

extension RateMessage {
  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mixEffect)
    wire.number(1, &rate)
  }
}

/// How long the transitions of a style take.
package protocol TransitionRate: RateMessage, StateMessage {
  static var style: Style { get }
}

extension TransitionRate {
  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.setRate(rate, of: Self.style, mixEffect: mixEffect)
  }
}

/// A change of one rate among many settings, which stay as they are.
package protocol RateAmongSettings: RateMessage {
  /// Bit 1 stands for the rate.
  var mask: UInt16 { get set }
}

extension RateAmongSettings {
  package static func size(in version: ProtocolVersion) -> Int { 20 }

  package init(_ rate: UInt8) {
    self.init()
    mask = 1
    self.rate = rate
  }

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mask)
    wire.number(2, &mixEffect)
    wire.number(3, &rate)
  }
}
