import Switching

/// The T-bar.
///
/// OBS 29.0 hears every position as the lever let go there (`release` of `SetTBarPosition` is read and not used), so
/// each one below 0.1 takes the throw back, each one above 0.9 ends it, and one more begins the next. Hence a throw begins
/// above 0.1, is kept between the two on its way, and OBS is told its end, or its beginning, once. A throw that is
/// taken back leaves OBS in a transition that stands at its beginning, with the new scene as its program: a cut to the
/// old one ends that. From OBS 29.1 on its T-bar cannot be ended from outside (obs-studio issues 11372, 13887): there a
/// throw is a take at its end.
extension Session {
  /// Between these, OBS does not take a throw for ended.
  private static let way = 0.11...0.89

  func throwing(to position: Double) -> Plan {
    if buses.isThrowLost {
      return position > 0
        ? .refuse("the transition was ended elsewhere: bring the T-bar to one of its ends") : .nothing
    }
    guard hasTBar else { return position < 1 ? .nothing : stageObjection.map(Plan.refuse) ?? take() }
    guard buses.currentThrow == nil else { return move(to: position) }
    guard position > 0.1 else { return .nothing }
    guard state.previewBus == true else { return take() }
    guard !buses.isMoving else { return .refuse("OBS is in a transition: wait for its end") }
    guard let preview = state.preview, preview != state.program else {
      return .refuse("what is in preview is on air already")
    }
    return stageObjection.map(Plan.refuse) ?? move(to: position)
  }

  private func move(to position: Double) -> Plan {
    guard position > 0, position < 1 else {
      let start = buses.currentThrow.map(Buses.Awaited.startOfThrow) ?? .endOfThrow
      return .send(
        "SetTBarPosition", ["position": .number(position < 1 ? 0 : 1)], awaiting: position < 1 ? start : .endOfThrow)
    }
    return .send(
      "SetTBarPosition", ["position": .number(min(max(position, Self.way.lowerBound), Self.way.upperBound))])
  }

  /// Whether OBS's T-bar can be moved from outside.
  var hasTBar: Bool {
    let version = (state.product ?? "").split(separator: " ").last?.split(separator: ".").compactMap { Int($0) } ?? []
    return version.lexicographicallyPrecedes([29, 1])
  }

  /// With a show open the T-bar brings its picture, and only when that is ready in preview.
  private var stageObjection: String? {
    guard let stage else { return nil }
    let idle = stage.idle(preview: state.preview)
    let isReady =
      stage.phase == .open && (stage.edit?.changes.isEmpty ?? !stage.isEditing) && stage.taking == nil
      && stage.wanted == nil && stage.changes(in: idle).isEmpty
    if !isReady { return "the show's picture is not ready yet: begin the throw again" }
    return state.preview == idle.scene
      ? nil : "OBS's preview does not show the show's picture: press a button of a layer"
  }

  /// A position comes to nothing in this OBS, which is said once.
  mutating func throwLeftOut(at now: Duration) {
    guard !hasTBar, !buses.hasToldOfTBar else { return }
    buses.hasToldOfTBar = true
    remark("the T-bar of this OBS cannot be moved from outside: a throw is a take at its end", at: now)
  }

  /// A position is on its way to OBS.
  mutating func throwSent(_ position: Double, at now: Duration) {
    guard hasTBar else { return takeSent(at: now) }
    if buses.currentThrow == nil {
      buses.currentThrow = Buses.Throw(program: state.program ?? "", preview: state.preview ?? "")
    }
    buses.isMoving = true
    if position <= 0 || position >= 1 { buses.currentThrow = nil }
    if position <= 0 { later[.cursor] = now + .milliseconds(50) }
  }

  /// Whether a throw is on its way or being taken back: OBS's program is then the scene that it may lead to.
  var isThrown: Bool {
    if case .startOfThrow = buses.hold?.awaited { return true }
    return buses.currentThrow != nil
  }

  /// The lever at its beginning, which OBS hears as let go.
  static let lettingGo = Request("SetTBarPosition", ["position": .number(0)])

  /// A transition ended: if that was not asked for, the throw is over.
  mutating func throwEnded(at now: Duration) {
    if buses.currentThrow != nil {
      (buses.currentThrow, buses.isThrowLost, buses.isLeverLeft) = (nil, true, !buses.isCutShort)
    }
    if case .startOfThrow = buses.hold?.awaited { buses.hold?.awaited = .endOfThrow }
    // The next throw wants to know what it leaves.
    if case .endOfThrow = buses.hold?.awaited { want(.program) }
  }

  /// Another hand ended the throw, and OBS's T-bar may still stand half way: then it is let go.
  mutating func letGo(of position: Double) {
    guard buses.isLeverLeft, !state.isInTransition else { return }
    buses.isLeverLeft = false
    if position > 0, position < 1 { send([Self.lettingGo], for: .stale) }
  }

  /// The picture of a throw that is taken back is where it was, and OBS is told so too.
  mutating func setBack(_ start: Buses.Throw) {
    buses.hold?.awaited = .setBack(start)
    buses.hold?.deadline = nil
    buses.isMoving = false
    let scene = catalog.scene(present(start.program))
    guard
      case .send(let requests, _) = cutting(
        by: Request("SetCurrentProgramScene", scene), asking: [], scene: scene, variable: [:])
    else { return }
    send(requests, for: .settingBack)
  }

  /// The cut back has been answered, or else the preview that was before it.
  mutating func setBackAnswered(_ refusal: Refusal?, at now: Duration) {
    if let refusal { remark("the T-bar could not be taken back as it should. \(refusal)", at: now) }
    buses.hold?.deadline = now + .milliseconds(400)
  }

  /// The cut back has ended, and the preview with it.
  mutating func setPreviewBack(_ start: Buses.Throw) {
    let preview = present(start.preview)
    buses.hold?.awaited = .preview(scene: preview)
    buses.hold?.deadline = nil
    buses.hold?.ended = nil
    send([Request("SetCurrentPreviewScene", catalog.scene(preview))], for: .settingBack)
  }
}

extension ShowCommand {
  /// Whether it puts something on air, or takes it off.
  var changesAir: Bool {
    switch self {
    case .take, .cut, .airShot, .close: true
    case .open, .shot: false
    }
  }
}
