package import Switching

/// How program and preview change places.
package enum Style: UInt8, Hashable, Sendable, CaseIterable {
  case mix, dip, wipe, digitalEffect, sting

  /// As on the vendor's panels.
  package var title: String {
    switch self {
    case .mix: "Mix"
    case .dip: "Dip"
    case .wipe: "Wipe"
    case .digitalEffect: "DVE"
    case .sting: "Sting"
    }
  }
}

/// `TrSS`: the transition that runs and the one that comes next.
package struct TransitionStyle: StateMessage {
  package static let name: CommandName = "TrSS"
  package static func size(in version: ProtocolVersion) -> Int { 8 }

  package var mixEffect: UInt8 = 0
  package var style = Style.mix
  /// What changes: the background 1, upstream keys 2, 4, 8, 16.
  package var selection: UInt8 = 1
  package var nextStyle = Style.mix
  package var nextSelection: UInt8 = 1

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mixEffect)
    wire.choice(1, &style)
    wire.number(2, &selection)
    wire.choice(3, &nextStyle)
    wire.number(4, &nextSelection)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    guard mixEffect == ATEMState.mixEffect else { return [] }
    state.nextSelection = nextSelection
    guard state.set(\.style, to: nextStyle) else { return [] }
    return [.transition(nextStyle.title), .transitionDuration(milliseconds: state.transitionMilliseconds)]
  }

  /// `CTTp`: chooses the next.
  package struct Change: Message {
    package static let name: CommandName = "CTTp"

    package struct Mask: OptionSet, Hashable, Sendable {
      package let rawValue: UInt8
      package init(rawValue: UInt8) { self.rawValue = rawValue }
      package static let style = Mask(rawValue: 1)
      package static let selection = Mask(rawValue: 2)
    }

    package var mask = Mask()
    package var mixEffect: UInt8 = 0
    package var nextStyle = Style.mix
    package var nextSelection: UInt8 = 0

    package init() {}
    package init(_ style: Style) {
      mask = .style
      nextStyle = style
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.options(0, &mask)
      wire.number(1, &mixEffect)
      wire.choice(2, &nextStyle)
      wire.number(3, &nextSelection)
    }
  }
}
