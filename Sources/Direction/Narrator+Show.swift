import Switching

/// What the show and its scripts say.
extension Narrator {
  func told(_ update: ShowUpdate, at now: Duration) -> [Line] {
    switch update {
    case .show(let open?) where open.loaded == nil:
      let shots = open.show.layers.reduce(0) { $0 + $1.shots.count }
      return [
        Line(
          kind: .notice, at: now,
          text: "show \(quoted(open.show.name)): \(open.show.layers.count) layers, \(shots) shots")
      ]
    case .show(nil): return [Line(kind: .notice, at: now, text: "no show is open")]
    case .loaded(let count?): return [Line(kind: .notice, at: now, text: "\(count) shots are loaded so far")]
    case .loaded(nil): return [Line(kind: .notice, at: now, text: "all shots are loaded")]
    case .show, .picture: return []
    }
  }

  static func told(_ report: ScriptReport, at now: Duration) -> [Line] {
    let head = "script \(quoted(report.name))"
    let lost = report.lostBytes > 0 ? ["… and \(report.lostBytes) bytes more"] : []
    return (report.output + lost).map { Line(kind: .told, at: now, text: "\(head): \($0)") } + [
      Line(
        kind: report.hasFailed ? .warning : .told, at: now,
        text: "\(head) \(report.words)   \(report.took.milliseconds)")
    ]
  }
}
