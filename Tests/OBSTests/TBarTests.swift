import Switching
import Testing

@testable import OBS

@Suite("the T-bar")
struct TBarTests {
  /// Studio Mode, with another scene in preview than on air.
  private static func studio(version: String? = nil) throws -> Conversation {
    try Conversation.up {
      $0.answers["GetStudioModeEnabled"] = ["studioModeEnabled": true]
      $0.answers["GetCurrentPreviewScene"] = ["currentPreviewSceneName": "Two"]
      if let version { $0.answers["GetVersion"] = ["obsVersion": .string(version)] }
    }
  }

  private static func positions(_ talk: Conversation) -> [JSON?] {
    talk.sent.flatMap(\.requests).filter { $0.type == "SetTBarPosition" }.map { $0.fields["position"] }
  }

  @Test(
    "a throw begins above a tenth, stays clear of both ends on its way, and tells each end once",
    arguments: [
      ([0.02, 0.08, 0.0], []), ([0.05, 0.3, 0.95, 0.99, 1.0], [0.3, 0.89, 0.89, 1]),
      ([0.3, 0.05, 0.0], [0.3, 0.11, 0]), ([1.0], [1]),
    ] as [([Double], [Double])])
  func way(parts: [Double], sent: [Double]) throws {
    var talk = try Self.studio()
    for part in parts {
      let before = talk.sent.count
      let id = try talk.order(.transitionPosition(part))
      if talk.sent.count > before { try talk.answerOrder() }
      #expect(talk.answer(id) == .taken)
    }
    #expect(Self.positions(talk) == sent.map { .number($0) })
  }

  @Test("the next throw waits for the end of the last")
  func nextWaits() throws {
    var talk = try Self.studio()
    for part in [0.3, 1] {
      try talk.order(.transitionPosition(part))
      try talk.answerOrder()
    }
    try talk.event("SceneTransitionStarted")
    let next = try talk.order(.transitionPosition(0.4))
    try talk.pass(.milliseconds(500))
    #expect(Self.positions(talk).count == 2)
    talk.answers["GetCurrentProgramScene"] = ["currentProgramSceneName": "Two"]
    talk.answers["GetCurrentPreviewScene"] = ["currentPreviewSceneName": "One"]
    try talk.event("CurrentPreviewSceneChanged", ["sceneName": "One"])
    try talk.event("SceneTransitionEnded")
    try talk.pass(.milliseconds(50))
    #expect(Self.positions(talk).count == 3)
    #expect(talk.answer(next) == nil)
  }

  @Test("a throw that another hand ended is refused until the lever is somewhere new, and begins nothing")
  func lost() throws {
    var talk = try Self.studio()
    try talk.order(.transitionPosition(0.3))
    try talk.answerOrder()
    try talk.event("SceneTransitionStarted")
    try talk.event("SceneTransitionEnded")
    let end = try talk.order(.transitionPosition(1))
    guard case .refused? = talk.answer(end) else {
      Issue.record("the end of a throw that is over is sent")
      return
    }
    #expect(Self.positions(talk).count == 1)
  }

  @Test("without Studio Mode it is refused with what to do")
  func noStudioMode() throws {
    var talk = try Conversation.up { $0.answers["GetStudioModeEnabled"] = ["studioModeEnabled": false] }
    let id = try talk.order(.transitionPosition(0.5))
    guard case .refused(let reason)? = talk.answer(id) else {
      Issue.record("not refused")
      return
    }
    #expect(reason.contains("preview-bus on"))
  }

  @Test(
    "where OBS's T-bar cannot be ended from outside, a throw is a take at its end", arguments: ["29.1.0", "32.2.2"])
  func newer(version: String) throws {
    var talk = try Self.studio(version: version)
    for part in [0.3, 0.7, 0] { try talk.order(.transitionPosition(part)) }
    #expect(talk.sent.isEmpty)
    #expect(talk.reports.count { if case .remark = $0 { true } else { false } } == 1)
    try talk.order(.transitionPosition(1))
    #expect(talk.sent.flatMap(\.requests).map(\.type) == ["TriggerStudioModeTransition"])
  }
}
