import Switching

/// What is still to be done to bring the show into OBS.
extension Stage {
  enum Job: Equatable {
    case load(ShotKey)
    /// Another state of the file, once nobody sees the shot.
    case renew(ShotKey)
    case remove(ShotKey)
  }

  /// The shots, bottom layer first: OBS lays what comes later on top.
  var keysBottomUp: [ShotKey] {
    show.layers.reversed().flatMap { layer in layer.shots.reversed().map { ShotKey(layer: layer.name, name: $0.name) } }
  }

  /// What has to be done, after a survey or with another show.
  ///
  /// - Parameter isFirst: whether what is there was made by somebody else, or before: its files may be gone.
  mutating func planJobs(isFirst: Bool = false) {
    let keys = keysBottomUp
    let wanted = Set(keys)
    (failures, copies, copying) = ([:], [:], nil)
    jobs = keys.compactMap { key in
      guard let prop = props[key], let shot = shot(key), prop.items.count == 2, !isAnother(key) else {
        return .load(key)
      }
      return prop.shot == shot && !(isFirst && prop.copy != nil) ? nil : .renew(key)
    }
    // What is another input now goes first.
    jobs += props.keys.filter { !wanted.contains($0) || isAnother($0) }.map { .remove($0) }
    loaded = wanted.count - jobs.count { if case .load = $0 { true } else { false } }
  }

  /// Whether a shot keeps its name and is another live input, or of another kind.
  private func isAnother(_ key: ShotKey) -> Bool {
    guard let shot = shot(key), let old = props[key]?.shot else { return false }
    return old.inputKind != shot.inputKind || (shot.inputKind == nil && old.content != shot.content)
  }

  /// The next job that can be done now: what somebody sees is left alone.
  mutating func nextJob() -> Job? {
    let place = jobs.firstIndex { job in
      switch job {
      case .renew(let key), .remove(let key): !isSeen(key)
      case .load(let key): !jobs.contains(.remove(key))
      }
    }
    return place.map { jobs.remove(at: $0) }
  }

  /// The shot whose files have to be copied before a job can be done.
  func uncopied(for job: Job) -> (key: ShotKey, shot: Shot)? {
    switch job {
    case .load(let key), .renew(let key):
      guard copies[key] == nil, let shot = shot(key), shot.file != nil else { return nil }
      return (key, shot)
    case .remove: return nil
    }
  }

  /// A shot is no longer in OBS.
  mutating func removed(_ key: ShotKey) {
    for (scene, id) in props[key]?.items ?? [:] { stacks[scene]?.removeAll { $0 == id } }
    props[key] = nil
  }

  var isLoaded: Bool { !isLoading && !jobs.contains { if case .load = $0 { true } else { false } } }

  /// The copies that OBS reads, or is about to.
  var copyNames: Set<String> {
    Set(props.values.compactMap(\.copy)).union(show.layers.flatMap(\.shots).compactMap(\.copyName))
  }
}
