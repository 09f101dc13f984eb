import Switching

/// The open show in one OBS: what is loaded, what is visible where, and what is wished for.
struct Stage {
  enum Phase: Equatable {
    /// A show is to be opened, once what is under way is done.
    case opening
    /// OBS is asked what of the show it has already.
    case surveying
    case open
    /// The user's scene is being brought back on air, and then all is removed.
    case closing(Closing)
  }

  enum Closing: Equatable {
    case leavingAir, removing
    case waitingForInputs(Set<String>)
  }

  /// A shot that OBS has.
  struct Prop {
    var input: String
    /// Whether it was made for the show; a live input was not.
    var isOurs: Bool
    /// What it shows; `nil` where that is no longer what the tree has.
    var shot: Shot?
    var items: [Composite: Int]
    /// The name of the copy of its files that OBS reads; `nil`: the tree's own.
    var copy: String?
  }

  struct Taking {
    let target: Composite
    /// Whether it takes no time.
    let isCut: Bool
    var isStarted = false
    /// Whether OBS has answered it: from then on its transition runs or is over.
    var isAnswered = false
    /// Whether an end was told since it was sent. A take before that would start from the picture before this one: OBS
    /// ends a transition only when its sound has been mixed too, on a busy machine long after its last frame.
    var isEnded = false
    /// Whether both scenes were seen on air after its end.
    var isDoubted = false
  }

  var show: Show
  var phase = Phase.opening
  /// Whether it is to be closed as soon as it is open.
  var isToClose = false
  /// The show that is to be opened once this one is closed.
  var successor: Show?
  /// The scene that comes back when the show is closed.
  var home: String?
  /// The items of both scenes as OBS listed them, during a survey.
  var found: [Composite: [Fields]] = [:]
  var canvas = Canvas()
  var props: [ShotKey: Prop] = [:]
  /// The items of each scene as OBS lays them, bottom first.
  var stacks: [Composite: [Int]] = [:]
  /// Scenes whose items may lie in another order than the show's.
  var unarranged: Set<Composite> = []
  /// What could not be loaded, and why.
  var failures: [ShotKey: String] = [:]
  /// What each scene shows, as OBS was told and did.
  var visible: [Composite: Set<ShotKey>] = [.a: [], .b: []]
  /// The picture that the next take puts on air: a shot a layer, none where it is empty.
  var desired: [String: ShotKey] = [:]

  var air: Composite?
  /// A take that was sent and whose transition has not ended.
  var taking: Taking?
  /// When to ask what has become of it.
  var deadline: Duration?
  enum Take { case take, cut }
  /// A take that waits for the picture to be ready or for a transition to end.
  var wanted: Take?

  /// Whether a change of the picture is under way, and whether something is being loaded.
  var isEditing = false
  /// What the edit under way changes.
  var edit: (scene: Composite, changes: [(key: ShotKey, visible: Bool)])?
  /// Scenes that OBS told something else of than what is known: they are looked at again.
  var unsure: Set<Composite> = []
  /// Whether OBS was asked, while closing, that the show is off air.
  var isOffAirForSure = false
  var films = Films()
  /// The scene that OBS was last asked to show in its preview.
  var askedPreview: Composite?
  var isLoading = false
  /// The shot whose files are being copied.
  var copying: ShotKey?
  /// What came of the copying so far.
  var copies: [ShotKey: FileCopy] = [:]
  var jobs: [Job] = []
  var loaded = 0
  var lastTold = Duration.zero

  init(show: Show, home: String?) { (self.show, self.home) = (show, home) }
}

// MARK: - Pictures

extension Stage {
  /// The scene to work on: the one that is not on air, or else the one that is in preview.
  func idle(preview: String?) -> Composite { air?.other ?? Composite(rawValue: preview ?? "") ?? .a }

  func shot(_ key: ShotKey) -> Shot? {
    show.layer(named: key.layer).flatMap { layer in show.layers[layer].shots.first { $0.name == key.name } }
  }

  private var wantedShots: Set<ShotKey> { Set(desired.values.filter { props[$0]?.items.count == 2 }) }

  /// What brings a scene to the desired picture: what is new is shown before what is old is hidden.
  func changes(in scene: Composite) -> [(key: ShotKey, visible: Bool)] {
    let now = (visible[scene] ?? []).filter { props[$0]?.items[scene] != nil }
    let wanted = wantedShots
    return ordered(wanted.subtracting(now)).map { ($0, true) } + ordered(now.subtracting(wanted)).map { ($0, false) }
  }

  func ordered(_ keys: Set<ShotKey>) -> [ShotKey] {
    keys.sorted { ($0.layer, $0.name) < ($1.layer, $1.name) }
  }

  mutating func note(_ changes: [(key: ShotKey, visible: Bool)], in scene: Composite) {
    for (key, isVisible) in changes {
      if isVisible { visible[scene]?.insert(key) } else { visible[scene]?.remove(key) }
    }
  }

  /// OBS tells that an item was shown or hidden. What it tells may be older than what it answered since, or a hand's.
  mutating func hear(item id: Int, in scene: Composite, visible isVisible: Bool) {
    guard let key = props.first(where: { $0.value.items[scene] == id })?.key,
      visible[scene]?.contains(key) != isVisible
    else { return }
    let isOurs = edit.map { $0.scene == scene && $0.changes.contains { $0.key == key && $0.visible == isVisible } }
    if isOurs != true { unsure.insert(scene) }
  }

  /// Takes in what a scene shows; `nil` where OBS did not say.
  mutating func look(at items: [Fields]?, in scene: Composite) {
    unsure.remove(scene)
    guard let items else { return }
    let rows = items.compactMap(StageRow.init)
    stack(rows, in: scene)
    let shown = rows.filter(\.isVisible).map(\.id)
    visible[scene] = Set(props.filter { $0.value.items[scene].map(shown.contains) ?? false }.keys)
  }

  /// Wishes only for shots that a show has.
  mutating func keep(onlyOf show: Show) {
    desired = desired.filter { layer, key in
      show.layer(named: layer).map { show.layers[$0].shots.contains { $0.name == key.name } } ?? false
    }
  }

  mutating func forget(_ key: ShotKey) {
    removed(key)
    for scene in Composite.allCases { visible[scene]?.remove(key) }
    if desired[key.layer] == key { desired[key.layer] = nil }
  }

  /// Whether a shot is to be seen anywhere, or about to be.
  func isSeen(_ key: ShotKey) -> Bool {
    visible.values.contains { $0.contains(key) } || desired[key.layer] == key
  }

  /// The slots of a scene's picture, for the state that every switcher tells.
  func slots(in scene: Composite) -> [Int?] {
    let shown = visible[scene] ?? []
    return show.layers.map { layer in
      guard let key = shown.first(where: { $0.layer == layer.name }) else { return 0 }
      return layer.shots.firstIndex { $0.name == key.name }.map { $0 + 1 }
    }
  }
}
