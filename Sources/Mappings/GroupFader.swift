public import Switching

/// One fader over several inputs, where the switcher has no master of its own.
///
/// Each input keeps its own offset: the level that it has with the fader at 0 dB is kept, never worked out anew from
/// what was sent, so that nothing drifts and silence forgets nothing. What another hand sets becomes the offset.
public struct GroupFader: Hashable, Sendable {
  private struct Member: Hashable {
    /// The level with the fader at 0 dB.
    var base: Decibels
    /// The fader brings it no higher: to 0 dB, or to where a hand has set it.
    var ceiling: Decibels
    /// What it was told and has perhaps not shown yet; the first is what it showed last.
    var told: [Decibels]
    /// What was asked of it last: where that is not the last that it was told, it may still be waiting to be sent.
    var asked: Decibels

    /// Whether it has been told the last that was asked, and that is this.
    func isSettled(on level: Decibels) -> Bool { told.last == level && asked == level }
  }

  /// Where the fader stands.
  public private(set) var level = Decibels.unity
  private var members: [String: Member] = [:]

  /// So low is silence, as in OBS: no switcher would show such a level.
  private static let bottom = -100.0
  /// More orders than this are never under way for one input.
  private static let memory = 8

  public init() {}

  /// Moves the fader: the levels that this asks of the inputs, where they change. Each replaces what still waits.
  public mutating func move(to level: Decibels, over inputs: [AudioInput]) -> [(input: String, level: Decibels)] {
    for input in inputs where members[input.name] == nil { members[input.name] = member(standingAt: input.level) }
    self.level = level
    return inputs.compactMap { input in
      guard let member = members[input.name] else { return nil }
      let wanted = wanted(member)
      members[input.name]?.asked = wanted
      return member.isSettled(on: wanted) ? nil : (input.name, wanted)
    }
  }

  private func wanted(_ member: Member) -> Decibels {
    let sum = member.base.value + level.value
    return sum <= Self.bottom ? .silence : min(Decibels(sum), member.ceiling)
  }

  private func member(standingAt level: Decibels) -> Member {
    let offset = self.level == .silence ? 0 : self.level.value
    return Member(base: Decibels(level.value - offset), ceiling: max(.unity, level), told: [level], asked: level)
  }

  /// A level is on its way to an input: this fader's, or another's.
  public mutating func send(_ level: Decibels, to input: String) {
    guard let member = members[input] else { return }
    guard wanted(member) == level else {
      members[input] = self.member(standingAt: level)
      return
    }
    members[input]?.told.append(level)
    if member.told.count >= Self.memory { members[input]?.told.removeFirst() }
  }

  /// An input shows a level: one that it was told, or one that another hand has set.
  public mutating func hear(_ level: Decibels, of input: String) {
    guard let member = members[input] else { return }
    if let place = member.told.lastIndex(where: { $0.isShown(by: level) }) {
      members[input]?.told.removeFirst(place)
    } else {
      members[input] = self.member(standingAt: level)
    }
  }

  public mutating func rename(_ old: String, to new: String) {
    if let member = members.removeValue(forKey: old) { members[new] = member }
  }
}

extension Decibels {
  /// Whether a switcher that was told this level may show that one: rounded, or silent where it can go no lower.
  fileprivate func isShown(by shown: Decibels) -> Bool {
    isClose(to: shown) || value < Self.lowest && shown.value <= Self.lowest
  }

  /// ATEMs go no lower before silence (Sources/ATEM), OBS to -100 dB.
  private static let lowest = -60.0
}

extension Situation {
  /// Takes in what the switcher says of its levels.
  public mutating func hear(_ update: SwitcherUpdate) {
    guard !groups.isEmpty else { return }
    for key in groups.keys {
      switch update {
      case .level(let input, let level): groups[key]?.hear(level, of: input)
      case .inputs(let inputs): for input in inputs { groups[key]?.hear(input.level, of: input.name) }
      case .everything(let state): for input in state.inputs { groups[key]?.hear(input.level, of: input.name) }
      case .inputRenamed(let old, let new): groups[key]?.rename(old, to: new)
      default: break
      }
    }
  }

  /// An order is on its way that the group faders have to know of.
  public mutating func send(_ command: Command) {
    guard case .level(let input, let level) = command else { return }
    for key in groups.keys { groups[key]?.send(level, to: input) }
  }
}
