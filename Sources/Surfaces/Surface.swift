public import MIDI

/// A controller on the desk: what it has, how it is recognised, and how its messages read.
///
/// It is data, loaded from `Mappings/<name>/surface.yaml`; only a device that needs a word before it
/// hands over its lights has code besides (``Handshake``).
public struct Surface: Hashable, Sendable {
  /// The name in mappings: `korg-nanokontrol2`.
  public var name: String
  /// The name for people: `Korg nanoKONTROL2`.
  public var title: String
  /// The ALSA client name, or its beginning, compared without regard to case.
  public var clientName: String
  /// The words that the device needs to give its lights to the host; `nil` where it needs none.
  public var handshake: Handshake?
  public let controls: [Control]
  /// The size of the panel in millimetres; `nil` where unknown.
  public var panel: Panel?

  public struct Panel: Hashable, Sendable {
    public var width: Double, height: Double
    public init(width: Double, height: Double) { (self.width, self.height) = (width, height) }
  }

  /// The control of each controller number.
  private let byController: [Control.ID?]
  private let byName: [String: Control.ID]

  /// Controls must have distinct names and controller numbers; the reader of surface files sees to it.
  public init(
    name: String, title: String, clientName: String, handshake: Handshake? = nil, panel: Panel? = nil,
    controls: [Control]
  ) {
    self.name = name
    self.title = title
    self.clientName = clientName
    self.handshake = handshake
    self.panel = panel
    self.controls = controls
    var byController = [Control.ID?](repeating: nil, count: 128)
    var byName: [String: Control.ID] = [:]
    for (index, control) in controls.enumerated() {
      byController[Int(control.controller.rawValue)] = Control.ID(rawValue: index)
      byName[control.name] = Control.ID(rawValue: index)
    }
    self.byController = byController
    self.byName = byName
  }

  public subscript(id: Control.ID) -> Control { controls[id.rawValue] }

  /// The control of a name, as mappings spell it.
  public func control(named name: String) -> Control.ID? { byName[name] }

  /// The control that sends a controller number.
  public func control(sending controller: UInt7) -> Control.ID? { byController[Int(controller.rawValue)] }

  /// Whether an ALSA client is this surface.
  ///
  /// Names go on with a number or a suffix (a second unit, other kernels), never with a letter: `nanoKONTROL`
  /// does not recognise `nanoKONTROL2` or `nanoKONTROL Studio`.
  public func recognises(clientName name: String) -> Bool {
    let (have, want) = (name.lowercased(), clientName.lowercased())
    guard have.hasPrefix(want) else { return false }
    let rest = have.dropFirst(want.count).drop { $0 == " " }
    return rest.first.map { !$0.isLetter && (!$0.isNumber || have.dropFirst(want.count).first == " ") } ?? true
  }
}
