import Foundation
import NIOCore
import Switching
import Testing

@testable import OBS

/// A session and the other end of it: answers what the session asks out of a table.
struct Conversation {
  var session: Session
  var now = Duration.zero
  /// What OBS answers to each kind of request.
  var answers: [String: JSON] = Self.smallShow
  /// What it refuses, by status code.
  var refusals: [String: Int] = ["GetReplayBufferStatus": 604, "GetVirtualCamStatus": 604]
  var reports: [SwitcherReport] = []
  /// Everything sent but the readings, which are answered at once.
  var sent: [Outgoing] = []
  var inventories: [Inventory] = []
  var keptCopies: Set<String>?
  var isClosed: (reason: String, final: Bool)?
  private var lastOrder = 0

  init(password: String? = "secret", memory: Memory = Memory(), uuids: Bool = false) {
    session = Session(password: password, memory: memory, at: .zero)
    if uuids { answers = Self.withUUIDs(answers) }
  }

  /// A conversation in which the link is up.
  static func up(memory: Memory = Memory(), uuids: Bool = false, _ change: (inout Conversation) -> Void = { _ in })
    throws -> Conversation
  {
    var conversation = Conversation(memory: memory, uuids: uuids)
    change(&conversation)
    try conversation.hello()
    try conversation.identified()
    #expect(conversation.reports.last == .link(.up))
    (conversation.reports, conversation.sent) = ([], [])
    return conversation
  }

  mutating func hello() throws {
    try hear(
      #"{"op":0,"d":{"obsWebSocketVersion":"5.1.0","rpcVersion":1,"authentication":{"challenge":"c","salt":"s"}}}"#)
  }

  mutating func identified() throws { try hear(#"{"op":2,"d":{"negotiatedRpcVersion":1}}"#) }

  mutating func event(_ type: String, _ data: JSON = [:]) throws {
    try hear(object: ["op": 5, "d": ["eventType": .string(type), "eventIntent": 1, "eventData": data]])
  }

  mutating func hear(object: JSON) throws {
    try take(session.receive(object.bytes, at: now))
  }

  mutating func hear(_ text: String) throws { try take(session.receive(ByteBuffer(string: text), at: now)) }

  mutating func pass(_ time: Duration) throws {
    let end = now + time
    while session.nextDeadline <= end, isClosed == nil {
      now = max(now, session.nextDeadline)
      try take(session.tick(at: now))
    }
    now = end
  }

  mutating func takeInventory() throws { try take(session.takeInventory()) }

  @discardableResult
  mutating func order(_ command: Command) throws -> Order.ID {
    lastOrder += 1
    let id = Order.ID(rawValue: lastOrder)
    try take(session.perform(Order(id: id, command: command, reason: Reason("a test")), at: now))
    return id
  }

  func answer(_ id: Order.ID) -> SwitcherReport.Answer? {
    for case .answer(id, let answer) in reports { return answer }
    return nil
  }

  /// Answers the order that was sent last, or `index`.
  mutating func answerOrder(_ index: Int? = nil, code: Int = 100, comment: String? = nil) throws {
    let message = sent[index ?? sent.count - 1]
    try hear(object: response(message) { _ in ["requestStatus": status(code, comment), "responseData": nil] })
  }

  /// Answers the readings that had no answer in the table when they were asked.
  mutating func answerReadings() throws {
    let unanswered = sent.filter { !$0.requests.isEmpty }
    sent = []
    try take(unanswered.map(Effect.send))
  }

  private mutating func take(_ effects: [Effect]) throws {
    for effect in effects {
      switch effect {
      case .report(let report): reports.append(report)
      case .close(let reason, let final): isClosed = (reason, final)
      case .ping: session.heard(at: now)
      case .inventory(let inventory): inventories.append(inventory)
      case .copy(let key, _): try take(session.copied(key, FileCopy(), at: now))
      case .keepCopies(let names): keptCopies = names
      case .send(let message):
        guard message.requests.allSatisfy({ answers[$0.type] != nil || refusals[$0.type] != nil }),
          !message.requests.isEmpty
        else {
          sent.append(message)
          continue
        }
        let reply = response(message) { request in
          guard let code = refusals[request.type] else {
            return ["requestStatus": status(100), "responseData": answers[request.type] ?? nil]
          }
          return ["requestStatus": status(code)]
        }
        try hear(object: reply)
      }
    }
  }

  private func status(_ code: Int, _ comment: String? = nil) -> JSON {
    ["result": .bool(code == 100), "code": .integer(code), "comment": comment.map(JSON.string) ?? .null]
  }

  private func response(_ message: Outgoing, _ body: (Request) -> Fields) -> JSON {
    switch message {
    case .request(let id, let request):
      [
        "op": 7,
        "d": .object(body(request) + ["requestType": .string(request.type), "requestId": .string(String(id))]),
      ]
    case .batch(let id, let requests):
      ["op": 9, "d": ["requestId": .string(String(id)), "results": .array(requests.map { .object(body($0)) })]]
    case .identify: [:]
    }
  }

  static let smallShow: [String: JSON] = [
    "GetVersion": ["obsVersion": "29.0.2", "availableRequests": ["SetInputMute", "GetStats"]],
    "GetStudioModeEnabled": ["studioModeEnabled": true],
    "GetSceneList": [
      "currentProgramSceneName": "One", "currentPreviewSceneName": "Two",
      "scenes": [["sceneIndex": 0, "sceneName": "Two"], ["sceneIndex": 1, "sceneName": "One"]],
    ],
    "GetCurrentProgramScene": ["currentProgramSceneName": "One"],
    "GetCurrentPreviewScene": ["currentPreviewSceneName": "Two"],
    "GetSceneTransitionList": [
      "transitions": [
        ["transitionName": "Schnitt", "transitionKind": "cut_transition"],
        ["transitionName": "Fade", "transitionKind": "fade_transition"],
      ]
    ],
    "GetCurrentSceneTransition": ["transitionName": "Fade", "transitionFixed": false, "transitionDuration": 300],
    "GetCurrentSceneTransitionCursor": ["transitionCursor": 1.0],
    "GetInputList": ["inputs": [["inputName": "Desk"], ["inputName": "Camera"], ["inputName": "announcer"]]],
    "GetStreamStatus": ["outputActive": false],
    "GetRecordStatus": ["outputActive": true, "outputPaused": true],
    "GetInputVolume": ["inputVolumeMul": 0.5, "inputVolumeDb": -6.0],
    "GetInputMute": ["inputMuted": false],
    "GetInputAudioBalance": ["inputAudioBalance": 0.25],
    "GetSceneItemList": [
      "sceneItems": [
        ["sceneItemId": 3, "sourceName": "Camera", "sceneItemEnabled": true, "isGroup": nil],
        ["sceneItemId": 4, "sourceName": "Logo", "sceneItemEnabled": false, "isGroup": false],
      ]
    ],
    "GetSourceFilterList": ["filters": [["filterName": "Blur", "filterEnabled": true]]],
  ]

  /// The same in the form of obs-websocket 5.7.3.
  static func withUUIDs(_ answers: [String: JSON]) -> [String: JSON] {
    var answers = answers
    for (type, list, name, uuid) in [
      ("GetSceneList", "scenes", "sceneName", "sceneUuid"), ("GetInputList", "inputs", "inputName", "inputUuid"),
    ] {
      guard case .object(let fields)? = answers[type], case .array(let rows)? = fields[list] else { continue }
      let named = JSON.array(
        rows.map { row in
          guard case .object(let row) = row, case .string(let name)? = row[name] else { return row }
          return .object(row + [uuid: .string("uuid-\(name)")])
        })
      answers[type] = .object(Fields(fields.all.filter { $0.name != list }) + [list: named])
    }
    return answers
  }
}

extension JSON: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(integerLiteral value: Int) { self = .integer(value) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(arrayLiteral elements: JSON...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Fields(elements.map { Fields.Field(name: $0, value: $1) }))
  }
}

extension Outgoing {
  var requests: [Request] {
    switch self {
    case .request(_, let request): [request]
    case .batch(_, let requests): requests
    case .identify: []
    }
  }
}

extension JSON {
  /// As it is sent.
  var bytes: ByteBuffer {
    var text = JSONText()
    text.write(self)
    return text.bytes
  }
}
