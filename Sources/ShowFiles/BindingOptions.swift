import Mappings
import Surfaces
import Switching
import Yams

/// What a binding may say besides its action: `{ do: stream toggle, hold: 1s }`.
enum BindingOptions {
  static let gestures = ["on-double", "on-hold", "on-release"]

  /// In the order that they are written in.
  static let names = ["do", "hold", "confirm"] + gestures + ["takeover", "range", "invert", "curve", "light"]

  /// Those with a few words to choose from.
  static let choices: [String: [String]] = [
    "confirm": ["twice"], "takeover": ["pickup", "catch-up", "jump"], "invert": ["true", "false"],
    "curve": ["logarithmic", "decibel"], "light": ["auto", "off"],
  ]

  static let ofButtons: Set<String> = Set(["hold", "confirm"] + gestures)
  static let ofSliders: Set<String> = ["takeover", "range", "invert", "curve"]
  /// How long a guard may ask to be held, in milliseconds.
  static let holding = 100...10_000
}

extension YAMLReader {
  /// Reads a binding with options.
  mutating func options(_ node: Node, of control: Control) -> Binding? {
    let fields = self.fields(node, known: BindingOptions.names, of: control.name)
    for (name, value) in fields where name != "do" { check(name, value, of: control) }
    for name in ["hold", "confirm"] {
      if let guarded = fields[name], fields["do"] == nil {
        report("\(name) guards nothing", "add what it guards: do: stream stop", at: guarded)
      }
    }
    if let hold = fields["hold"], fields["on-hold"] != nil {
      report("hold and on-hold are the same gesture", "keep one", at: hold)
    }
    if let held = fields["on-hold"], fields["confirm"] != nil {
      report("with confirm a press is never a hold", "keep one of confirm and on-hold", at: held)
    }
    for name in ["hold", "confirm"] where fields[name] != nil {
      guard let double = fields["on-double"] else { continue }
      report("with \(name) a press is never a double press", "keep one of \(name) and on-double", at: double)
    }
    if let hold = fields["hold"], fields["confirm"] != nil {
      report("hold and confirm guard the same twice", "keep one", at: hold)
    }
    if fields["do"] == nil, !fields.keys.contains(where: BindingOptions.ofButtons.contains) {
      report("\(control.name) is bound to no action", "add do: take", at: node)
    }
    var binding = Binding(control: control.name, action: fields["do"].flatMap { self.action($0, of: control) })
    binding.onDouble = fields["on-double"].flatMap { self.action($0, of: control) }
    binding.onHold = fields["on-hold"].flatMap { self.action($0, of: control) }
    binding.onRelease = fields["on-release"].flatMap { self.action($0, of: control) }
    checkMomentary(binding, fields)
    if let time = fields["hold"]?.scalar.flatMap({ parseMilliseconds($0.string) }) {
      binding.guardian = .hold(milliseconds: time)
    }
    if fields["confirm"] != nil { binding.guardian = .confirm }
    binding.isLit = fields["light"]?.scalar?.string != "off"
    binding.move.takeover = fields["takeover"]?.scalar.flatMap { .init(rawValue: $0.string) } ?? .pickup
    binding.move.isInverted = fields["invert"]?.bool ?? false
    binding.move.curve = fields["curve"]?.scalar.flatMap { .init(rawValue: $0.string) }
    binding.move.range = fields["range"].flatMap { self.range($0) }
    return binding
  }

  /// What ends with the release of its button has to begin while that is held.
  private mutating func checkMomentary(_ binding: Binding, _ fields: [String: Node]) {
    if let action = binding.onRelease, action.isMomentary, let node = fields["on-release"] {
      report("\(action.words) begins when its button is let go of", "write it behind do: or on-hold:", at: node)
    }
    guard let action = binding.action, action.isMomentary else { return }
    for name in ["confirm", "on-double", "on-hold"] {
      guard let node = fields[name] else { continue }
      report("with \(name) a press means something only when its button is let go of", "leave \(name): out", at: node)
    }
  }

  private mutating func check(_ name: String, _ node: Node, of control: Control) {
    if BindingOptions.ofButtons.contains(name), control.kind.isContinuous {
      return report("\(name) is for buttons", "\(control.name) is a \(control.kind.rawValue)", at: node)
    }
    if BindingOptions.ofSliders.contains(name), !control.kind.isContinuous {
      return report("\(name) is for sliders and knobs", "\(control.name) is a button", at: node)
    }
    if BindingOptions.gestures.contains(name) { return }
    if name == "light", !control.hasLight {
      return report("\(control.name) has no light", "leave light: out", at: node)
    }
    if name == "range" { return }
    guard let text = node.scalar?.string else { return report("\(name) is no text", "write \(name): …", at: node) }
    if let choices = BindingOptions.choices[name], !choices.contains(text) {
      report("unknown word \(text) for \(name)", advice(for: text, among: choices), at: node)
    }
    if name == "hold", !(parseMilliseconds(text).map(BindingOptions.holding.contains) ?? false) {
      report("hold is \(text)", "write a time from 100ms to 10s, such as 1s", at: node)
    }
  }

  private mutating func range(_ node: Node) -> Binding.Move.Range? {
    let levels = node.sequence?.compactMap { $0.scalar.flatMap { Self.level($0.string) } } ?? []
    guard levels.count == 2, node.sequence?.count == 2 else {
      report("range is no list of two levels", "write range: [-60dB, 0dB]", at: node)
      return nil
    }
    guard levels[0] < levels[1] else {
      report("range ends before it begins", "the lower level comes first", at: node)
      return nil
    }
    return Binding.Move.Range(bottom: Decibels(levels[0]), top: Decibels(levels[1]))
  }

  private static func level(_ text: String) -> Double? {
    if text == "silence" { return -.infinity }
    return text.lowercased().hasSuffix("db") ? Double(text.dropLast(2)) : nil
  }
}
