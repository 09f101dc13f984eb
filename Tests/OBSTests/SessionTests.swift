import Foundation
import Testing

@testable import OBS
@testable import Switching

@Suite("a session")
struct SessionTests {
  @Test("hello, identify, identified, the state, up")
  func up() throws {
    var talk = Conversation()
    try talk.hello()
    #expect(
      talk.sent == [
        .identify(authentication: Authentication(challenge: "c", salt: "s").answer(password: "secret"))
      ])
    try talk.identified()
    try #require(talk.reports.count == 2)
    guard case .update(.everything(let state)) = talk.reports[0] else { throw Unreadable("no state") }
    #expect(talk.reports[1] == .link(.up))
    #expect(state.product == "OBS 29.0.2")
    #expect(state.scenes == ["One", "Two"])
    #expect((state.program, state.preview, state.previewBus) == ("One", "Two", true))
    #expect(state.inputs.map(\.name) == ["announcer", "Camera", "Desk"])
    #expect(state.inputs.first?.level == Decibels(-6))
    #expect((state.transition, state.transitionDuration) == ("Fade", 300))
    #expect(state.outputs == [.stream: .stopped, .record: .paused])
    #expect(state.items[.init(scene: "Two", name: "Logo")] == false)
    #expect(state.filters[.init(source: "Desk", name: "Blur")] == true)
  }

  @Test("without a password where one is wanted it does not even try", arguments: [nil, ""])
  func missingPassword(password: String?) throws {
    var talk = Conversation(password: password)
    try talk.hello()
    #expect(talk.isClosed?.reason == CloseCode.missingPassword)
    #expect(talk.isClosed?.final == true)
    #expect(talk.sent.isEmpty)
  }

  @Test("what happens while the state is read is told after it")
  func eventsWhileReading() throws {
    var talk = Conversation()
    talk.answers["GetInputMute"] = nil  // so that the reading does not end
    try talk.hello()
    try talk.identified()
    #expect(talk.reports.isEmpty)
    try talk.event("InputMuteStateChanged", ["inputName": "Desk", "inputMuted": true])
    try talk.event("InputVolumeChanged", ["inputName": "Desk", "inputVolumeMul": 1, "inputVolumeDb": 0])
    let order = try talk.order(.cut)
    guard case .refused = talk.answer(order) else { return #expect(Bool(false), "taken before the state is known") }
    talk.reports = []
    talk.answers["GetInputMute"] = ["inputMuted": false]
    try talk.answerReadings()
    guard case .update(.everything(let state)) = talk.reports.first else { throw Unreadable("\(talk.reports)") }
    #expect(state.input(named: "Desk")?.isMuted == false)
    #expect(
      talk.reports.dropFirst() == [
        .link(.up), .update(.muted(input: "Desk", true)), .update(.level(input: "Desk", .unity)),
      ])
  }

  @Test("an OBS that does not answer is given up on, in words", arguments: ["hello", "identified", "state"])
  func patience(missing: String) throws {
    var talk = Conversation()
    if missing != "hello" { try talk.hello() }
    if missing == "state" {
      talk.answers = [:]
      try talk.identified()
    }
    try talk.pass(.seconds(11))
    #expect(talk.isClosed?.final == false)
    #expect(missing != "hello" || talk.isClosed?.reason.contains("4444") ?? false)
  }

  @Test("a flood of events while the state is read begins the reading again, and ends the link after its ten seconds")
  func flood() throws {
    var talk = Conversation()
    try talk.hello()
    talk.answers = [:]  // it is asked, and does not answer
    try talk.identified()
    let large = JSON.string(String(repeating: "x", count: 1 << 20))
    for second in 1...9 {
      let readings = talk.sent.count
      for _ in 0..<4 { try talk.event("CustomEvent", ["eventData": large]) }
      #expect(talk.sent.count > readings, "4 MiB are not kept")
      for _ in 0..<5_000 { try talk.event("InputMuteStateChanged", ["inputName": "Desk", "inputMuted": true]) }
      try talk.pass(.seconds(1))
      #expect(talk.isClosed == nil, "\(second)")
    }
    try talk.pass(.seconds(1))
    #expect(talk.isClosed?.final == false)
    #expect(talk.isClosed?.reason.contains("did not tell its state within 10 seconds") == true)
  }

  @Test("names that a server makes up are not kept without end")
  func madeUpNames() throws {
    var talk = try Conversation.up()
    let before = talk.session.state
    for number in 0..<Memory.capacity + 10 {
      try talk.event("InputRemoved", ["inputName": .string("gone \(number)")])
    }
    for number in 0..<Renames.capacity + 10 {
      try talk.event(
        "InputNameChanged", ["oldInputName": .string("a \(number)"), "inputName": .string("b \(number)")])
      try talk.event(
        "SourceFilterEnableStateChanged",
        ["sourceName": .string("source \(number)"), "filterName": "Blur", "filterEnabled": true])
      try talk.event("SceneItemCreated", ["sceneName": .string("scene \(number)")])
    }
    try talk.event("InputRemoved", ["inputName": .string(String(repeating: "x", count: 1025))])
    #expect(talk.session.catalog.removedInputs.count == Memory.capacity)
    #expect(talk.session.state.filters == before.filters)
    #expect(talk.session.state.renamed["a \(Renames.capacity - 1)"] == "b \(Renames.capacity - 1)")
    #expect(talk.session.state.renamed["a \(Renames.capacity)"] == "a \(Renames.capacity)")
    #expect(talk.reports.contains(.remark("OBS sent the event InputRemoved without a readable inputName")))
    #expect(talk.session.wanted.isEmpty)
  }

  @Test("nonsense is remarked, a few times, and survived")
  func nonsense() throws {
    var talk = try Conversation.up()
    for _ in 0..<1000 { try talk.hear("nonsense") }
    try talk.hear(#"{"op":7,"d":{"requestId":"77","requestStatus":{"result":true,"code":100}}}"#)
    try talk.hear(#"{"op":2,"d":{}}"#)
    try talk.hello()
    try talk.event("InputVolumeChanged", ["inputName": 7])
    try talk.event("SomethingNew", ["a": ["b": "c"]])
    #expect(talk.reports.count == 5)
    #expect(talk.reports.allSatisfy { if case .remark = $0 { true } else { false } })
    let order = try talk.order(.mute(input: "Desk", true))
    try talk.answerOrder()
    #expect(talk.answer(order) == .taken)
  }

  @Test(
    "every event with every field of a wrong type is survived",
    arguments: [
      "CurrentProgramSceneChanged", "CurrentPreviewSceneChanged", "StudioModeStateChanged", "SceneNameChanged",
      "SceneItemCreated", "SceneItemEnableStateChanged", "InputRemoved", "InputNameChanged", "InputVolumeChanged",
      "InputMuteStateChanged", "SourceFilterCreated", "SourceFilterEnableStateChanged", "StreamStateChanged",
      "RecordStateChanged", "CurrentSceneTransitionChanged",
    ])
  func wrongTypes(event: String) throws {
    let fields = [
      "sceneName", "oldSceneName", "studioModeEnabled", "sceneItemId", "sceneItemEnabled", "inputName", "oldInputName",
      "inputVolumeMul", "inputVolumeDb", "inputMuted", "sourceName", "filterName", "filterEnabled", "outputActive",
      "outputState", "transitionName",
    ]
    for wrong in [[], nil, ["x": 1], 1e300, -1] as [JSON] {
      var talk = try Conversation.up()
      let before = talk.session.state
      try talk.event(event, .object(Fields(fields.map { Fields.Field(name: $0, value: wrong) })))
      #expect(talk.session.state == before)
      #expect(talk.reports.count == 1)
    }
  }

  @Test("a silent OBS is pinged, and taken for dead when nothing comes back")
  func silence() throws {
    var session = try Conversation.up().session
    #expect(session.tick(at: .milliseconds(1350)) == [.ping])
    guard case .close(_, false)? = session.tick(at: .milliseconds(2800)).last else {
      return #expect(Bool(false), "not closed")
    }
  }

  @Test(
    "levels: silence by any of its names",
    arguments: [
      (#""inputVolumeMul":0,"inputVolumeDb":-100"#, Decibels.silence), (#""inputVolumeMul":0"#, .silence),
      (#""inputVolumeMul":0,"inputVolumeDb":null"#, .silence), (#""inputVolumeDb":-100.0"#, .silence),
      (#""inputVolumeMul":1,"inputVolumeDb":0"#, .unity),
      (#""inputVolumeMul":0.1,"inputVolumeDb":-20"#, Decibels(-20)),
    ])
  func levels(fields: String, level: Decibels) throws {
    var talk = try Conversation.up()
    try talk.hear(#"{"op":5,"d":{"eventType":"InputVolumeChanged","eventData":{"inputName":"Desk",\#(fields)}}}"#)
    #expect(talk.session.state.input(named: "Desk")?.level == level)
  }

  @Test("a balance is read at the start, told by events, and asked again; of an input without sound nothing is told")
  func balance() throws {
    var talk = try Conversation.up()
    #expect(talk.session.state.input(named: "Desk")?.balance == -0.5)
    try talk.event("InputAudioBalanceChanged", ["inputName": "Desk", "inputAudioBalance": 1])
    #expect(talk.session.state.input(named: "Desk")?.balance == 1)
    try talk.pass(.milliseconds(200))
    #expect(talk.session.state.input(named: "Desk")?.balance == -0.5)
    talk.reports = []
    try talk.event("InputAudioBalanceChanged", ["inputName": "Nobody", "inputAudioBalance": 1])
    #expect(talk.reports.isEmpty)
  }

  @Test("what an event told is asked again, in case a newer one was overtaken")
  func settling() throws {
    var talk = try Conversation.up()
    try talk.event("InputVolumeChanged", ["inputName": "Desk", "inputVolumeMul": 1, "inputVolumeDb": 0])
    #expect(talk.session.state.input(named: "Desk")?.level == .unity)
    try talk.pass(.milliseconds(200))
    #expect(talk.session.state.input(named: "Desk")?.level == Decibels(-6))
  }

  @Test("Studio Mode going off names the preview first: it is not shown as program")
  func studioModeOff() throws {
    var talk = try Conversation.up()
    try talk.event("CurrentProgramSceneChanged", ["sceneName": "Two"])
    try talk.event("CurrentProgramSceneChanged", ["sceneName": "One"])
    try talk.event("StudioModeStateChanged", ["studioModeEnabled": false])
    talk.answers["GetStudioModeEnabled"] = ["studioModeEnabled": false]
    try talk.pass(.seconds(1))
    #expect(talk.reports == [.update(.previewBus(false))])
  }

  @Test("the program is told when its transition starts")
  func redAtStart() throws {
    var talk = try Conversation.up()
    talk.answers["GetCurrentProgramScene"] = ["currentProgramSceneName": "Two"]
    try talk.event("SceneTransitionStarted", ["transitionName": "Fade"])
    #expect(talk.reports == [.update(.transitionStarted), .update(.program("Two"))])
    talk.answers["GetCurrentPreviewScene"] = ["currentPreviewSceneName": "One"]
    try talk.event("CurrentPreviewSceneChanged", ["sceneName": "One"])
    try talk.event("CurrentProgramSceneChanged", ["sceneName": "Two"])
    try talk.event("SceneTransitionEnded", ["transitionName": "Fade"])
    try talk.pass(.seconds(1))
    #expect(talk.reports.dropFirst(2) == [.update(.preview("One")), .update(.transitionEnded)])
  }

  @Test("a transition whose end gets lost is noticed")
  func lostEnd() throws {
    var talk = try Conversation.up()
    try talk.event("SceneTransitionStarted", ["transitionName": "Fade"])
    #expect(talk.session.state.isInTransition)
    talk.answers["GetCurrentSceneTransitionCursor"] = ["transitionCursor": 0.5]
    try talk.pass(.seconds(3))
    #expect(talk.session.state.isInTransition)
    talk.answers["GetCurrentSceneTransitionCursor"] = ["transitionCursor": 1.0]
    // The sound may still be under way.
    try talk.pass(.seconds(1))
    #expect(talk.session.state.isInTransition)
    try talk.pass(.seconds(1))
    #expect(!talk.session.state.isInTransition)
  }

  @Test("while the scene collection changes nothing is asked and orders are refused; then all is read")
  func collection() throws {
    var talk = try Conversation.up()
    try talk.event("CurrentSceneCollectionChanging", ["sceneCollectionName": "Other"])
    let order = try talk.order(.program(scene: "Two"))
    #expect(talk.answer(order) == .refused(Session.collectionWords))
    try talk.event("SceneRemoved", ["sceneName": "One"])
    #expect(talk.sent.isEmpty)
    talk.reports = []
    talk.answers["GetSceneList"] = ["currentProgramSceneName": "Three", "scenes": [["sceneName": "Three"]]]
    try talk.event("CurrentSceneCollectionChanged", ["sceneCollectionName": "Other"])
    guard case .update(.everything(let state)) = talk.reports.first, talk.reports.count == 1 else {
      return #expect(Bool(false), "\(talk.reports)")
    }
    #expect(state.scenes == ["Three"])
  }

  @Test("an OBS that is not ready yet (207) is asked again")
  func notReady() throws {
    var talk = Conversation()
    talk.refusals["GetSceneList"] = 207
    try talk.hello()
    try talk.identified()
    #expect(talk.reports.isEmpty)
    talk.refusals["GetSceneList"] = nil
    try talk.pass(.milliseconds(500))
    #expect(talk.reports.last == .link(.up))
    #expect(talk.session.state.scenes == ["One", "Two"])
  }

  @Test("inputs keep their places over a reconnect, and new ones come last")
  func inputOrder() throws {
    let first = try Conversation.up()
    let second = try Conversation.up(memory: first.session.memory) {
      $0.answers["GetInputList"] = [
        "inputs": [["inputName": "Desk"], ["inputName": "AAA"], ["inputName": "announcer"]]
      ]
    }
    #expect(second.session.state.inputs.map(\.name) == ["announcer", "Desk", "AAA"])
  }

  @Test("a removed input stays away though OBS goes on listing it")
  func removedInput() throws {
    var talk = try Conversation.up()
    try talk.event("InputRemoved", ["inputName": "Desk"])
    try talk.event("InputCreated", ["inputName": "Another"])
    #expect(talk.session.state.inputs.map(\.name) == ["announcer", "Camera"])
    try talk.event("InputCreated", ["inputName": "Desk"])
    #expect(talk.session.state.inputs.map(\.name) == ["announcer", "Camera", "Desk"])
  }
}

extension SessionTests {
  @Suite("with UUIDs (obs-websocket 5.4 and later)")
  struct UUIDs {
    @Test("orders name things by UUID")
    func orders() throws {
      var talk = try Conversation.up(uuids: true)
      try talk.order(.preview(scene: "One"))
      try talk.order(.mute(input: "Desk", true))
      try talk.order(.filter(source: "Two", name: "Blur", enabled: false))
      #expect(
        talk.sent.flatMap(\.requests).map(\.fields) == [
          ["sceneUuid": "uuid-One"], ["inputUuid": "uuid-Desk", "inputMuted": true],
          ["sourceUuid": "uuid-Two", "filterName": "Blur", "filterEnabled": false],
        ])
    }

    @Test("what was renamed while nobody listened is known by its UUID")
    func renamedWhileAway() throws {
      let first = try Conversation.up(uuids: true)
      var second = try Conversation.up(memory: first.session.memory, uuids: true) {
        $0.answers["GetSceneList"] = [
          "currentProgramSceneName": "Uno",
          "scenes": [["sceneName": "Two", "sceneUuid": "uuid-Two"], ["sceneName": "Uno", "sceneUuid": "uuid-One"]],
        ]
      }
      #expect(second.session.state.renamed["One"] == "Uno")
      try second.order(.program(scene: "One"))
      #expect(second.sent.flatMap(\.requests).contains { $0.fields == ["sceneUuid": "uuid-One"] })
    }
  }

  @Suite("with names only")
  struct Names {
    @Test("the name of a mapping follows a rename, until something bears it again")
    func rename() throws {
      var talk = try Conversation.up()
      try talk.event("SceneNameChanged", ["oldSceneName": "Two", "sceneName": "Zwei"])
      #expect(talk.reports == [.update(.sceneRenamed(from: "Two", to: "Zwei"))])
      try talk.order(.preview(scene: "Two"))
      #expect(talk.sent.last?.requests.first?.fields == ["sceneName": "Zwei"])
      talk.answers["GetSceneList"] = [
        "currentProgramSceneName": "One",
        "scenes": [["sceneName": "Zwei"], ["sceneName": "Two"], ["sceneName": "One"]],
      ]
      try talk.event("SceneCreated", ["sceneName": "Two", "isGroup": false])
      #expect(talk.session.present("Two") == "Two")
      #expect(talk.session.state.renamed["Two"] == "Two")
    }
  }

  @Test("its hotkeys and inputs are looked up on demand")
  func inventory() throws {
    var talk = try Conversation.up { $0.answers["GetHotkeyList"] = ["hotkeys": ["OBSBasic.Screenshot"]] }
    try talk.takeInventory()
    #expect(talk.inventories.map(\.hotkeys) == [["OBSBasic.Screenshot"]])
    #expect(talk.inventories.first?.media?.isEmpty == false)
    talk.answers["GetHotkeyList"] = nil
    talk.refusals["GetHotkeyList"] = 204
    try talk.takeInventory()
    #expect(talk.inventories.last?.hotkeys == nil)
  }
}
