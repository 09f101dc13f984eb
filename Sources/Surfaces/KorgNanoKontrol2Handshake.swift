public import MIDI

/// Takes the lights of a nanoKONTROL2: asks who it is, reads its scene, and loads the same scene with LED mode External.
///
/// Nothing is stored in the device: plugged in again, it is as it was.
public struct KorgNanoKontrol2Handshake: DeviceHandshake {
  /// How long an answer may take; they take milliseconds.
  static let patience = Duration.seconds(1)
  static let attempts = 3

  private enum Stage {
    case idle, identifying, reading, loading
  }

  private let surface: Surface
  private var stage = Stage.idle
  private var attempt = 0
  private var deadline: Duration?
  private var channel = Channel.first
  /// The scene as it was found, with the LED mode that is to be given back.
  private var found: KorgNanoKontrol2Scene?
  /// The LED mode before this program, or an earlier run that crashed, took the lights.
  private var ledMode: LEDMode?
  private var hasSaidMode = false

  public init(surface: Surface, previously: LEDMode? = nil) {
    self.surface = surface
    ledMode = previously
  }

  public mutating func advance(_ input: HandshakeInput, at now: Duration) -> HandshakeStep {
    var step = HandshakeStep()
    switch input {
    case .connected:
      (found, hasSaidMode) = (nil, false)
      begin(.identifying, &step, now)
    case .received(.controlChange): break
    case .received(.note), .received(.pitchBend): hearMode(&step)
    case .received(let event):
      if let message = KorgNanoKontrol2Message(event) { hear(message, &step, now) }
    case .tick:
      if let deadline, now >= deadline { again("does not answer", &step, now) }
    }
    step.deadline = deadline
    return step
  }

  public func restore() -> [MIDIEvent] {
    guard let found, found.ledMode == .internal else { return darkness }
    return darkness + [KorgNanoKontrol2Message.load(found)]
  }

  // MARK: Asking

  private mutating func begin(_ stage: Stage, _ step: inout HandshakeStep, _ now: Duration) {
    (self.stage, attempt) = (stage, 1)
    ask(&step, now)
  }

  private mutating func ask(_ step: inout HandshakeStep, _ now: Duration) {
    switch stage {
    case .idle: return
    case .identifying: step.messages.append(KorgNanoKontrol2Message.identityRequest)
    case .reading: step.messages.append(KorgNanoKontrol2Message.sceneRequest(channel))
    case .loading:
      guard var scene = found else { return }
      scene.ledMode = .external
      step.messages.append(KorgNanoKontrol2Message.load(scene))
    }
    deadline = now + Self.patience
  }

  private mutating func again(_ reason: String, _ step: inout HandshakeStep, _ now: Duration) {
    if attempt == Self.attempts { return giveUp(Self.noLights(reason), &step) }
    attempt += 1
    ask(&step, now)
  }

  private mutating func giveUp(_ reason: String, _ step: inout HandshakeStep) {
    (stage, deadline) = (.idle, nil)
    step.progress.append(.gaveUp(reason: reason))
  }

  // MARK: Hearing

  private mutating func hear(_ message: KorgNanoKontrol2Message, _ step: inout HandshakeStep, _ now: Duration) {
    switch (stage, message) {
    case (.identifying, .identity(let channel)):
      self.channel = channel
      begin(.reading, &step, now)
    case (.reading, .scene(let scene?, let channel)) where channel == self.channel && scene.globalChannel == channel:
      read(scene, &step, now)
    case (.reading, .scene): again("sends a damaged scene", &step, now)
    case (.reading, .refused): again("does not tell its scene", &step, now)
    case (.loading, .loaded): take(&step)
    case (.loading, .refused): again("refuses its own scene with LED mode External", &step, now)
    default: break
    }
  }

  private mutating func read(_ scene: KorgNanoKontrol2Scene, _ step: inout HandshakeStep, _ now: Duration) {
    guard scene.controlMode == .controlChange else {
      hasSaidMode = true
      return giveUp(Self.wrongMode, &step)
    }
    step.progress += scene.advice(for: surface).map { .advice($0) }
    let before = scene.ledMode == .internal ? .internal : ledMode ?? .external
    ledMode = before
    found = scene
    found?.ledMode = before
    if before == .internal { step.progress.append(.taking(from: before)) }
    if scene.ledMode == .external { take(&step) } else { begin(.loading, &step, now) }
  }

  private mutating func take(_ step: inout HandshakeStep) {
    (stage, deadline) = (.idle, nil)
    step.messages += darkness
    var others: [UInt7: Channel] = [:]
    for control in surface.controls where control.hasLight {
      let own = lightChannel(control)
      if own != channel { others[control.controller] = own }
    }
    step.progress.append(.ready(channel: channel, others: others))
  }

  /// Notes and pitch bend come from a device in a DAW mode, or from buttons that were programmed to be notes.
  private mutating func hearMode(_ step: inout HandshakeStep) {
    guard !hasSaidMode, found == nil else { return }
    hasSaidMode = true
    step.progress.append(.advice(Self.wrongMode))
  }

  // MARK: Lights

  /// All lights out: nobody can ask the device which are lit.
  private var darkness: [MIDIEvent] {
    surface.controls.indices.lazy.map(Control.ID.init(rawValue:)).compactMap { id in
      surface.light(id, on: false, channel: lightChannel(surface[id]))
    }
  }

  private func lightChannel(_ control: Control) -> Channel {
    found?.assignments.first { $0.kind == .controlChange && $0.number == control.controller }?.channel ?? channel
  }

  public static func complaint(about event: MIDIEvent) -> String? {
    switch event {
    case .note, .pitchBend: wrongMode
    default: nil
    }
  }

  // MARK: Words

  static func noLights(_ reason: String) -> String {
    "the nanoKONTROL2 \(reason): its controls work, but its lights only if LED Mode is set to External in KORG "
      + "KONTROL Editor; plug it in again to try again"
  }

  static let wrongMode =
    "the nanoKONTROL2 is in a DAW mode, where its controls send notes and pitch bend: hold SET MARKER and CYCLE "
    + "while plugging it in"
}
