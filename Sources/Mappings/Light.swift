/// What a button's light says; the same in every mapping.
public enum Light: String, Hashable, Sendable, CaseIterable {
  /// Off, or unknown: the link is down or nobody knows.
  case dark
  /// On air, running, on.
  case solid
  /// In preview, or on its way.
  case blink
  /// A guard runs, or a press was refused: a fast flash.
  case flash
  /// Sent, and not confirmed yet: a short double blink.
  case pending
  /// Lights that run one after another: they show which way a slider has to go.
  case first, second, third
}
