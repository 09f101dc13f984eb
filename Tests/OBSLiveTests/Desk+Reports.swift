import Switching

/// What a desk was told, for a test to look at.
extension Desk {
  /// The changes of the program, with their times.
  var programs: [(scene: String, time: ContinuousClock.Instant)] {
    read { log in
      zip(log.reports, log.times).compactMap { report, time in
        if case .update(.program(let scene)) = report { (scene, time) } else { nil }
      }
    }
  }

  /// The changes of the level, with their times.
  var levels: [(level: Decibels, time: ContinuousClock.Instant)] {
    read { log in
      zip(log.reports, log.times).compactMap { report, time in
        if case .update(.level(_, let level)) = report { (level, time) } else { nil }
      }
    }
  }

  /// When a link was first told to be as `isSo` says.
  func time(of isSo: (Link) -> Bool) -> ContinuousClock.Instant? {
    read { log in
      zip(log.reports, log.times).first { if case .link(let link) = $0.0 { isSo(link) } else { false } }?.1
    }
  }

  func refusal(of order: Order.ID) -> String? {
    if case .refused(let reason) = read({ $0.answers[order] }) { reason } else { nil }
  }
}

extension Link {
  var isDown: Bool { if case .down = self { true } else { false } }
}

extension Desk.Log {
  var isDown: Bool { link.isDown }

  /// Why the link went down, each time.
  var downs: [String] {
    reports.compactMap { if case .link(.down(let reason, _)) = $0 { reason } else { nil } }
  }
}
