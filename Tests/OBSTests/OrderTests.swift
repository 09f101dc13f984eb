import Foundation
import Switching
import Testing

@testable import OBS

@Suite("orders")
struct OrderTests {
  @Test("are refused with a reason while there is no link")
  func noLink() throws {
    var talk = Conversation()
    let id = try talk.order(.program(scene: "One"))
    #expect(talk.answer(id) == .refused("there is no link to OBS"))
    #expect(talk.sent.isEmpty)
  }

  @Test(
    "that OBS has nothing for are objected to, with what to do instead",
    arguments: [
      .fadeToBlack(true), .key(.upstream(1), onAir: true), .auxiliary(bus: 1, source: "x"), .masterLevel(.unity),
      .still(player: 1, slot: 1), .clip(player: 1, slot: 1), .runMacro(name: "x"), .stopMacro,
      .transitionDuration(milliseconds: 49),
      .transitionDuration(milliseconds: 20_001), .level(input: "Desk", Decibels(26.1)),
      .level(input: "Desk", Decibels(.nan)), .balance(input: "Desk", 1.1), .balance(input: "Desk", .nan),
    ] as [Command])
  func objections(command: Command) throws {
    #expect(command.obsObjection != nil)
    var talk = try Conversation.up()
    let id = try talk.order(command)
    #expect(talk.answer(id) == command.obsObjection.map { .refused($0) })
    #expect(talk.sent.isEmpty)
  }

  @Test("of one lane are sent one at a time, of others at once; each is answered once")
  func lanes() throws {
    var talk = try Conversation.up()
    let first = try talk.order(.mute(input: "Desk", true))
    let second = try talk.order(.mute(input: "Desk", false))
    let other = try talk.order(.mute(input: "Camera", true))
    #expect(talk.sent.count == 2)
    try talk.answerOrder(0)
    #expect(talk.answer(first) == .taken)
    #expect(talk.sent.count == 3)
    try talk.answerOrder(2, code: 604, comment: "Not now.")
    #expect(talk.answer(second) == .refused("OBS: Not now. (604)"))
    try talk.answerOrder(1, code: 703)
    #expect(talk.answer(other) == .refused("OBS: it cannot be done now (703)"))
    #expect(talk.reports.count == 3)
  }

  @Test("are refused while OBS has said nothing for a second to one that was sent, and sent when it speaks again")
  func mute() throws {
    var talk = try Conversation.up()
    try talk.order(.mute(input: "Desk", true))
    try talk.pass(.milliseconds(999))
    try talk.order(.mute(input: "Camera", true))
    #expect(talk.sent.count == 2)
    try talk.pass(.milliseconds(1))
    let late = try talk.order(.mute(input: "Music", true))
    guard case .refused(let reason) = talk.answer(late) else { return #expect(Bool(false), "not refused") }
    #expect(reason.contains("it was not sent"))
    #expect(talk.sent.count == 2)
    // What another client does is a sign of life too.
    try talk.event("InputMuteStateChanged", ["inputName": "Desk", "inputMuted": true])
    try talk.order(.mute(input: "Music", true))
    #expect(talk.sent.count == 3)
  }

  @Test("are sent after any silence when none is on its way")
  func rest() throws {
    var talk = try Conversation.up()
    try talk.pass(.milliseconds(1300))
    try talk.order(.mute(input: "Desk", true))
    #expect(talk.sent.count == 1)
  }

  @Test("for a level: the newest is sent, those it overtook are superseded")
  func levels() throws {
    var talk = try Conversation.up()
    let ids = try (0..<5).map { try talk.order(.level(input: "Desk", Decibels(Double($0)))) }
    #expect(talk.sent.count == 1)
    #expect(ids[1...3].allSatisfy { talk.answer($0) == .superseded })
    try talk.answerOrder()
    #expect(talk.sent.last?.requests.first?.fields["inputVolumeDb"] == .number(4))
    try talk.answerOrder()
    #expect(talk.answer(ids[0]) == .taken)
    #expect(talk.answer(ids[4]) == .taken)
    #expect(talk.sent.count == 2)
  }

  @Test("that waited longer than a second are dropped, and never sent")
  func tooLate() throws {
    var talk = try Conversation.up()
    let first = try talk.order(.mute(input: "Desk", true))
    let late = try talk.order(.mute(input: "Desk", false))
    try talk.pass(.milliseconds(999))
    #expect(talk.answer(late) == nil)
    try talk.pass(.milliseconds(2))
    guard case .refused(let reason)? = talk.answer(late) else { throw Unreadable("not refused") }
    #expect(reason.contains("too late"))
    try talk.answerOrder()
    #expect(talk.answer(first) == .taken)
    #expect(talk.sent.count == 1)
  }

  @Test("that OBS never answers keep back those after them for ten seconds, and then no more")
  func neverAnswered() throws {
    for command in [Command.mute(input: "Desk", true), .transition(name: "Schnitt")] {
      var talk = try Conversation.up()
      try talk.order(command)
      let sent = talk.sent.count
      try talk.pass(.milliseconds(9_999))
      let tooEarly = try talk.order(command)
      #expect(talk.sent.count == sent)
      try talk.pass(.milliseconds(1))
      #expect(talk.sent.count == sent + 1)
      try talk.answerOrder()
      #expect(talk.answer(tooEarly) == .taken)
      // An answer that comes after all is for nobody.
      let reports = talk.reports
      try talk.answerOrder(0)
      #expect(talk.reports == reports)
    }
  }

  @Test("that OBS never answers are given up on, once, and their lane waits on")
  func unanswered() throws {
    var talk = try Conversation.up()
    let id = try talk.order(.mute(input: "Desk", true))
    try talk.pass(.seconds(6))
    guard case .refused? = talk.answer(id) else { throw Unreadable("not refused") }
    let next = try talk.order(.mute(input: "Desk", false))
    #expect(talk.sent.count == 1)
    try talk.answerOrder(0)
    #expect(talk.sent.count == 2)
    try talk.answerOrder(1)
    #expect(talk.answer(next) == .taken)
    #expect(talk.reports.count == 2)
  }

  @Test("that are on their way when the link is lost are answered")
  func lost() throws {
    var talk = try Conversation.up()
    try talk.order(.mute(input: "Desk", true))
    try talk.order(.mute(input: "Desk", false))
    let effects = talk.session.lost()
    #expect(effects.count == 2)
    #expect(effects.allSatisfy { if case .report(.answer(_, .refused)) = $0 { true } else { false } })
  }

  @Test("to start what runs already, or stop what does not, are fulfilled")
  func already() throws {
    var talk = try Conversation.up()
    let start = try talk.order(.output(.stream, running: true))
    try talk.answerOrder(code: 500)
    let stop = try talk.order(.output(.stream, running: false))
    try talk.answerOrder(code: 501)
    let wrong = try talk.order(.output(.stream, running: true))
    try talk.answerOrder(code: 501)
    #expect(talk.answer(start) == .taken)
    #expect(talk.answer(stop) == .taken)
    #expect(talk.answer(wrong) == .refused("OBS: the output is not running (501)"))
  }

  @Test("a cut lends its scene a cut as its own transition, and gives the scene's own back")
  func cut() throws {
    var talk = try Conversation.up()
    try talk.order(.program(scene: "Two"))
    #expect(
      talk.sent.flatMap(\.requests) == [
        Request(
          "GetSceneSceneTransitionOverride", ["sceneName": "Two"],
          outputs: ["name": "transitionName", "duration": "transitionDuration"]),
        Request("SetSceneSceneTransitionOverride", ["sceneName": "Two", "transitionName": "Schnitt"]),
        Request("SetCurrentProgramScene", ["sceneName": "Two"]),
        Request(
          "SetSceneSceneTransitionOverride", ["sceneName": "Two"],
          inputs: ["transitionName": "name", "transitionDuration": "duration"]),
      ])
  }

  @Test("a cut in a transition stands in for the chosen one until it has ended")
  func cutInTransition() throws {
    var talk = try Conversation.up()
    try talk.event("SceneTransitionStarted", ["transitionName": "Fade"])
    let cut = try talk.order(.program(scene: "Two"))
    #expect(talk.sent.last?.requests.first == Request("SetCurrentSceneTransition", ["transitionName": "Schnitt"]))
    try talk.event("CurrentSceneTransitionChanged", ["transitionName": "Schnitt"])
    let next = try talk.order(.program(scene: "One"))
    try talk.answerOrder()
    #expect(talk.answer(cut) == .taken)
    #expect(talk.sent.count == 1)
    try talk.event("SceneTransitionEnded", ["transitionName": "Schnitt"])
    #expect(talk.sent.count == 1)
    try talk.pass(.milliseconds(30))
    #expect(talk.sent.last?.requests == [Request("SetCurrentSceneTransition", ["transitionName": "Fade"])])
    #expect(talk.sent.count == 2)
    try talk.answerOrder()
    #expect(talk.sent.count == 3)
    #expect(talk.answer(next) == nil)
    #expect(!talk.reports.contains(.update(.transition("Schnitt"))))
  }

  @Test("in a transition a take, and another transition, are refused")
  func inTransition() throws {
    var talk = try Conversation.up()
    try talk.event("SceneTransitionStarted", ["transitionName": "Fade"])
    for command in [Command.take, .transition(name: "Schnitt")] {
      let id = try talk.order(command)
      guard case .refused? = talk.answer(id) else { throw Unreadable("\(command) was not refused") }
    }
    #expect(talk.sent.isEmpty)
  }

  @Test("a take waits until OBS has the preview, not only until it says so")
  func previewThenTake() throws {
    var talk = try Conversation.up()
    try talk.order(.preview(scene: "One"))
    try talk.order(.take)
    try talk.answerOrder()
    #expect(talk.sent.count == 1)
    try talk.event("CurrentPreviewSceneChanged", ["sceneName": "One"])
    #expect(talk.sent.last?.requests == [Request("TriggerStudioModeTransition")])
  }

  @Test(
    "without Studio Mode there is no preview: refused with what to do",
    arguments: [Command.preview(scene: "One"), .cut, .take])
  func noStudioMode(command: Command) throws {
    var talk = try Conversation.up { $0.answers["GetStudioModeEnabled"] = ["studioModeEnabled": false] }
    let id = try talk.order(command)
    guard case .refused(let reason)? = talk.answer(id) else { throw Unreadable("not refused") }
    #expect(reason.contains("preview-bus on"))
  }

  @Test(
    "a request in OBS's own words must be an object, of a kind that this OBS has",
    arguments: [
      ("SetInputMute", "[]"), ("SetInputMute", ""), ("SetInputMute", "{\"a\":"), ("SetInputMute", "7"),
      ("Nonsense", "{}"),
    ])
  func raw(type: String, json: String) throws {
    var talk = try Conversation.up()
    let id = try talk.order(.request(type: type, json: json))
    guard case .refused? = talk.answer(id) else { throw Unreadable("not refused") }
    try talk.order(.request(type: "SetInputMute", json: #"{"inputName":"Desk"}"#))
    #expect(talk.sent.flatMap(\.requests) == [Request("SetInputMute", ["inputName": "Desk"])])
  }

  @Test("an item is addressed by its numbers, an unknown one refused")
  func items() throws {
    var talk = try Conversation.up()
    try talk.order(.item(scene: "One", name: "Logo", visible: true))
    #expect(
      talk.sent.flatMap(\.requests) == [
        Request("SetSceneItemEnabled", ["sceneName": "One", "sceneItemId": 4, "sceneItemEnabled": true])
      ])
    let id = try talk.order(.item(scene: "One", name: "Nobody", visible: true))
    #expect(talk.answer(id) == .refused("the scene “One” has no item “Nobody”"))
  }
}
