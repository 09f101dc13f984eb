internal import MIDI

extension KorgNanoKontrol2Scene {
  /// What the user programmed otherwise than the surface expects, in words; empty where all is well.
  func advice(for surface: Surface) -> [String] {
    let assignments = assignments
    var silent: [String] = []
    var toggling: [String] = []
    var unread: [String] = []
    var narrow: [String] = []
    for control in surface.controls {
      let assignment = assignments.first { $0.kind == .controlChange && $0.number == control.controller }
      guard let assignment else {
        silent.append("\(control.label) (controller \(control.controller))")
        continue
      }
      if control.kind.isContinuous {
        if assignment.low != .min || assignment.high != .max {
          narrow.append("\(control.label) (\(assignment.low) to \(assignment.high))")
        }
      } else if assignment.behaviour == .toggle {
        toggling.append(control.label)
      } else if assignment.low >= Surface.pressThreshold || assignment.high < Surface.pressThreshold {
        unread.append("\(control.label) (\(assignment.high) pressed, \(assignment.low) released)")
      }
    }
    let remedy = "in KORG KONTROL Editor, or reset the device: plug it in with TRACK <, TRACK > and CYCLE held"
    return [
      sentence("programmed to send something else than \(surface.title) expects", silent, "change it back \(remedy)"),
      sentence(
        "set to Toggle, so that every second press is taken for a release", toggling, "set to Momentary \(remedy)"),
      sentence(
        "sending values that cannot be told apart as pressed and released", unread, "set to 127 and 0 \(remedy)"),
      sentence("not using the whole range of 0 to 127", narrow, "set it \(remedy)"),
    ].compactMap { $0 }
  }

  private func sentence(_ what: String, _ controls: [String], _ remedy: String) -> String? {
    guard !controls.isEmpty else { return nil }
    let named = controls.prefix(5).joined(separator: ", ")
    let more = controls.count > 5 ? " and \(controls.count - 5) more" : ""
    return "\(named)\(more): \(what); \(remedy)"
  }
}
