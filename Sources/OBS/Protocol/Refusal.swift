/// Why OBS did not do what a request asked: `RequestStatus` in obs-websocket 5.
struct Refusal: Hashable, Sendable {
  var code: Int
  var comment: String?

  static let notReady = 207
  static let outputRunning = 500
  static let outputNotRunning = 501
  static let studioModeNotActive = 506
  static let resourceNotFound = 600
  static let alreadyExists = 601
  static let wrongResourceType = 602
  static let wrongState = 604
}

extension Refusal: CustomStringConvertible {
  /// OBS's own words where it has some, ours where it gives only a number.
  var description: String {
    if let comment, !comment.isEmpty { return "OBS: \(comment) (\(code))" }
    return "OBS: \(Self.words[code] ?? "it cannot") (\(code))"
  }

  private static let words = [
    204: "it knows no such request", 207: "it is not ready", 500: "the output is running already",
    501: "the output is not running", 502: "the output is paused", 503: "the output is not paused",
    504: "the output is disabled", 505: "Studio Mode is on", 506: "Studio Mode is off", 600: "no such thing was found",
    602: "that is of another kind", 604: "that has no such thing now", 702: "it did not work",
    703: "it cannot be done now",
  ]
}
