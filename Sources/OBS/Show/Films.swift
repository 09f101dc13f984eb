import Switching

/// What runs of a show, in OBS's media player. OBS 29 acts on what comes on air, leaves it, or is told, once a frame, and
/// its player takes a moment more: a film that is taken before is black or runs on from where it was.
struct Films {
  /// Three frames at the slowest rate that is broadcast.
  static let rest = Duration.milliseconds(125)
  /// OBS makes a slideshow with its next frame, and its first image comes in by a fade from black, of 0.7 s.
  static let making = Duration.milliseconds(850)

  /// Held at their first frame for the preview.
  private(set) var cued: Set<ShotKey> = []
  /// Left alone until then.
  private(set) var resting: [ShotKey: Duration] = [:]
  /// Slideshows that are to be held at their first image once they are off air.
  private(set) var loose: Set<ShotKey> = []

  mutating func cue(_ keys: Set<ShotKey>, at now: Duration) {
    cued.formUnion(keys)
    loose.subtract(keys)
    leaveAlone(keys, at: now)
  }

  mutating func loosen(_ slideshows: Set<ShotKey>) { loose.formUnion(slideshows) }

  mutating func release(_ keys: Set<ShotKey>) { cued.subtract(keys) }

  mutating func leaveAlone(_ keys: Set<ShotKey>, at now: Duration, for rest: Duration = rest) {
    for key in keys { resting[key] = now + rest }
  }

  func areResting(_ keys: Set<ShotKey>) -> Bool { !keys.isDisjoint(with: resting.keys) }

  mutating func wake(at now: Duration) { resting = resting.filter { $0.value > now } }
}

extension Stage {
  /// What is on air of the show.
  var onAir: Set<ShotKey> { air.flatMap { visible[$0] } ?? [] }

  /// What a scene would bring on air that begins with it.
  func beginning(in scene: Composite) -> Set<ShotKey> {
    (visible[scene] ?? []).subtracting(onAir).filter(begins)
  }

  private func begins(_ key: ShotKey) -> Bool { props[key]?.shot?.begins == true }

  /// Tells where OBS is: what left the air stops with the next frame.
  mutating func arrive(on scene: Composite?, at now: Duration) {
    let before = onAir
    air = scene
    films.leaveAlone(before.subtracting(onAir).filter(begins), at: now)
  }

  /// A shot has other files now: a slideshow is made anew.
  mutating func noteRenewed(_ key: ShotKey, at now: Duration) {
    guard isSlideshow(key) else { return }
    films.release([key])
    noteLoaded([key], at: now)
  }

  /// Shots are in OBS now: of them a slideshow runs, once it is made.
  mutating func noteLoaded(_ keys: some Sequence<ShotKey>, at now: Duration) {
    let slideshows = Set(keys.filter(isSlideshow)).subtracting(films.cued)
    films.loosen(slideshows)
    films.leaveAlone(slideshows.subtracting(onAir), at: now, for: Films.making)
  }

  /// What is not at its start and should be: the films that are about to be seen in the preview, or are, and every
  /// slideshow that is off air, for OBS 29 would show a frame of where it was before it begins.
  func uncued(
    in scene: Composite, after changes: [(key: ShotKey, visible: Bool)], isPreviewed: Bool
  ) -> Set<ShotKey> {
    var keys = films.loose.filter { props[$0] != nil }
    if isPreviewed {
      var seen = visible[scene] ?? []
      for (key, isVisible) in changes {
        if isVisible { seen.insert(key) } else { seen.remove(key) }
      }
      keys.formUnion(seen.filter { props[$0]?.shot?.wantsCue == true })
    }
    return keys.filter { films.resting[$0] == nil }.subtracting(onAir).subtracting(films.cued)
  }

  private func isSlideshow(_ key: ShotKey) -> Bool {
    guard let shot = props[key]?.shot, case .slideshow = shot.content else { return false }
    return shot.restarts
  }

  /// Brings films to their first frame and holds them there: in a preview a stopped one is transparent.
  mutating func cue(_ keys: Set<ShotKey>, at now: Duration) -> [Request] {
    films.cue(keys, at: now)
    return media(keys, "RESTART", "PAUSE")
  }

  /// Stops the films that leave the preview, so that they can be cued again.
  mutating func put(away changes: [(key: ShotKey, visible: Bool)], at now: Duration) -> [Request] {
    let keys = films.cued.intersection(changes.filter { !$0.visible }.map(\.key)).subtracting(onAir)
      .filter { !isSlideshow($0) }
    films.release(keys)
    films.leaveAlone(keys, at: now)
    return media(keys, "STOP")
  }

  /// Lets go of the films that a scene brings on air: one that OBS 29 holds when it goes on air stands still there for
  /// a second, in two takes of three. A slideshow goes on from its first image.
  mutating func uncue(_ scene: Composite) -> [Request] {
    let keys = films.cued.intersection(visible[scene] ?? []).subtracting(onAir)
    films.release(keys)
    let slideshows = keys.filter(isSlideshow)
    return media(keys.subtracting(slideshows), "STOP") + play(slideshows)
  }

  /// The slideshows that came on air without a take of ours, by the T-bar or by hand, and are still held.
  var stuck: Set<ShotKey> { films.cued.intersection(onAir).filter(isSlideshow) }

  /// Lets slideshows go on.
  mutating func play(_ slideshows: Set<ShotKey>) -> [Request] {
    films.release(slideshows)
    films.loosen(slideshows)
    return media(slideshows, "PLAY")
  }

  private func media(_ keys: Set<ShotKey>, _ actions: String...) -> [Request] {
    ordered(keys).compactMap { props[$0]?.input }.flatMap { input in
      actions.map {
        Request(
          "TriggerMediaInputAction",
          ["inputName": .string(input), "mediaAction": .string("OBS_WEBSOCKET_MEDIA_INPUT_ACTION_\($0)")])
      }
    }
  }
}
